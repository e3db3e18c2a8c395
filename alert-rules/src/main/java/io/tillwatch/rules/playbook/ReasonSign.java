package io.tillwatch.rules.playbook;

import io.tillwatch.rules.playbook.Observations.ReasonMove;
import io.tillwatch.rules.playbook.Vocabulary.Spread;
import java.util.List;

/** What to look for in the reasons of failures. */
sealed interface ReasonSign extends Sign {

  @Override
  default Ground ground() {
    return Ground.REASON_SHIFT;
  }

  /** The share of one of these reasons went up. */
  record Up(List<String> reasons) implements ReasonSign {
    /** Share points that count as a rise. */
    static final double RISE_MIN = 0.03;

    @Override
    public boolean holds(Observations seen) {
      return seen.reasons().stream().anyMatch(move -> reasons.contains(move.reason()) && up(move));
    }

    private static boolean up(ReasonMove move) {
      return move.since() - move.before() >= RISE_MIN;
    }

    @Override
    public String text() {
      return "more " + String.join(" or ", reasons);
    }

    @Override
    public List<String> subjects() {
      return reasons;
    }
  }

  /** The share of none of these reasons went up; holds not when no reason is known. */
  record Steady(List<String> reasons) implements ReasonSign {
    @Override
    public boolean holds(Observations seen) {
      return !seen.reasons().isEmpty() && !new Up(reasons).holds(seen);
    }

    @Override
    public String text() {
      return "no more " + String.join(" or ", reasons) + " than before";
    }

    @Override
    public List<String> subjects() {
      return reasons;
    }
  }

  /** Whether one reason makes most of what rose; holds for neither when none rose. */
  record Risen(Spread spread) implements ReasonSign {
    /** Part of all that rose which one reason has to itself. */
    static final double ONE_MIN = 0.6;

    @Override
    public boolean holds(Observations seen) {
      double sum = 0;
      double most = 0;
      for (ReasonMove move : seen.reasons()) {
        double rise = Math.max(0, move.since() - move.before());
        sum += rise;
        most = Math.max(most, rise);
      }
      boolean one = most >= ONE_MIN * sum;
      return sum > 0 && (spread == Spread.ONE ? one : !one);
    }

    @Override
    public String text() {
      return spread == Spread.ONE
          ? "one reason makes most of the rise"
          : "several reasons rose together";
    }
  }
}
