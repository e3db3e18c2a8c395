package io.tillwatch.triage.hypothesis;

import io.tillwatch.schemas.incident.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ids that stay: what was E3 in one revision is E3 in the next, with its latest figures, and no id
 * is ever given to something else.
 */
final class EvidenceIds {

  private final Map<String, String> idBySource = new HashMap<>();
  private int last;

  EvidenceIds(List<Evidence> before) {
    for (Evidence evidence : before) {
      idBySource.put(evidence.getSource(), evidence.getEvidenceId());
      last = Math.max(last, Integer.parseInt(evidence.getEvidenceId().substring(1)));
    }
  }

  List<Clue> name(List<Clue> clues) {
    return clues.stream().map(this::name).toList();
  }

  private Clue name(Clue clue) {
    String id = idBySource.computeIfAbsent(clue.evidence().getSource(), source -> "E" + ++last);
    return new Clue(
        Evidence.newBuilder(clue.evidence()).setEvidenceId(id).build(), clue.subjects());
  }

  /**
   * All evidence by id, what is observed now and what was; at the limit the oldest of the latter
   * goes.
   */
  static List<Evidence> merge(List<Evidence> before, List<Clue> named, int max) {
    Set<String> now = new HashSet<>();
    named.forEach(clue -> now.add(clue.evidence().getEvidenceId()));
    List<Evidence> former = new ArrayList<>();
    before.stream().filter(e -> !now.contains(e.getEvidenceId())).forEach(former::add);
    int keep = Math.clamp(max - named.size(), 0, former.size());
    List<Evidence> all = new ArrayList<>(former.subList(former.size() - keep, former.size()));
    named.stream().limit(max).forEach(clue -> all.add(clue.evidence()));
    all.sort((a, b) -> Integer.compare(number(a), number(b)));
    return List.copyOf(all);
  }

  private static int number(Evidence evidence) {
    return Integer.parseInt(evidence.getEvidenceId().substring(1));
  }
}
