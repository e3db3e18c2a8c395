package io.tillwatch.rules.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What broke, most likely.
 *
 * @param ranked all playbooks that were considered, most likely first; never empty
 */
public record Classification(List<Candidate> ranked) {

  public Classification {
    if (ranked.isEmpty()) {
      throw new IllegalArgumentException("no candidate, expected at least unknown");
    }
    ranked = List.copyOf(ranked);
  }

  /**
   * How much more confident another class must be before it replaces the one that stands: a class
   * that changes its mind every minute helps nobody.
   */
  static final double HOLD_MARGIN = 0.1;

  /** Confidence below which a class does not stand any more, whatever the others are. */
  static final double HELD_FROM = Playbooks.WORTH_SAYING - HOLD_MARGIN;

  /**
   * The same answer, with the class that stands kept in front unless another is clearly better, or
   * it is not worth saying any more.
   */
  public Classification holdingOnTo(Cause standing) {
    Optional<Candidate> held =
        ranked.stream().filter(candidate -> candidate.playbook().cause() == standing).findFirst();
    if (held.isEmpty()
        || held.get().confidence() < confidence() - HOLD_MARGIN
        || standing != Cause.UNKNOWN && held.get().confidence() < HELD_FROM) {
      return this;
    }
    List<Candidate> reordered = new ArrayList<>(ranked);
    reordered.remove(held.get());
    reordered.addFirst(held.get());
    return new Classification(reordered);
  }

  private Candidate best() {
    return ranked.getFirst();
  }

  /** The class. */
  public Cause cause() {
    return best().playbook().cause();
  }

  /** Whose it is to mend. */
  public Party owner() {
    return best().playbook().owner();
  }

  /** 0 to 1. */
  public double confidence() {
    return best().confidence();
  }

  /** Whether the class is shown and never pages. */
  public boolean informational() {
    return best().playbook().informational();
  }

  /** Name of the runbook. */
  public String runbook() {
    return best().playbook().runbook();
  }

  /** What speaks for it, in words, heaviest first. */
  public List<String> reasonsFor() {
    return best().held().stream().map(held -> held.sign().text()).toList();
  }

  /** What speaks against it, in words, heaviest first. */
  public List<String> reasonsAgainst() {
    return best().against().stream().map(against -> against.sign().text()).toList();
  }

  /** The next best answer, if any other was considered. */
  public Optional<Candidate> strongestAlternative() {
    return ranked.size() > 1 ? Optional.of(ranked.get(1)) : Optional.empty();
  }
}
