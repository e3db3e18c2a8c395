package io.tillwatch.rules.playbook;

import io.tillwatch.rules.playbook.Playbook.WeighedSign;
import java.util.List;

/**
 * A playbook that was considered.
 *
 * @param playbook the pattern
 * @param held signs that are there and speak for it, heaviest first
 * @param against signs that are there and speak against it, heaviest first
 * @param score sum of the weights of both
 * @param confidence 0 to 1
 */
public record Candidate(
    Playbook playbook,
    List<WeighedSign> held,
    List<WeighedSign> against,
    double score,
    double confidence) {

  public Candidate {
    held = List.copyOf(held);
    against = List.copyOf(against);
  }
}
