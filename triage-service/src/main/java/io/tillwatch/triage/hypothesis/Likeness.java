package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.rules.playbook.Party;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much an incident that is over looks like what burns now, 0 to 1.
 *
 * <p>A weighted sum: the class {@value #CLASS} when a person has confirmed it and {@value
 * #GUESSED_CLASS} when it was only found by playbooks, the place {@value #PLACE} times the part of
 * the fixed dimensions that agree, the kind of event {@value #KIND} and what is measured {@value
 * #KPI}, the reasons that rose {@value #REASONS} times the part both have, the owner {@value
 * #OWNER}. Below {@value #LIKENESS_MIN} it is another story: the same guess at another place is not
 * enough. What was like it is told beside the hypotheses and never weighs on the class: a wrong
 * guess of last week would confirm itself.
 */
record Likeness(Past past, double value) {

  private static final double CLASS = 0.35;
  private static final double GUESSED_CLASS = 0.25;
  private static final double PLACE = 0.30;
  private static final double KIND = 0.10;
  private static final double KPI = 0.05;
  private static final double REASONS = 0.15;
  private static final double OWNER = 0.05;
  private static final double LIKENESS_MIN = 0.65;

  /** Sums of such weights are not exact. */
  private static final double ROUNDING = 0.005;

  /** Root cells that are compared. */
  private static final int CELLS_MAX = 3;

  /** A share of a reason that rose by less is noise. */
  private static final double ROSE_BY_MIN = 0.05;

  private static final Comparator<Likeness> LIKEST_FIRST =
      Comparator.comparingDouble(Likeness::value)
          .reversed()
          .thenComparing(Likeness::endedAt, Comparator.reverseOrder())
          .thenComparing(likeness -> likeness.past().incident().getIncidentId());

  /** The likest of what is past, at most so many. */
  static List<Likeness> likest(Scene scene, Classification found, int max) {
    Traits now = Traits.of(scene.lead(), found);
    return scene.past().stream()
        .map(past -> new Likeness(past, of(now, past)))
        .filter(likeness -> likeness.value >= LIKENESS_MIN)
        .sorted(LIKEST_FIRST)
        .limit(max)
        .toList();
  }

  /** When it was over. */
  Instant endedAt() {
    Instant resolvedAt = past.incident().getResolvedAt();
    return resolvedAt != null ? resolvedAt : past.incident().getUpdatedAt();
  }

  /** What is known of one side of the comparison; of what burns it is gathered once. */
  private record Traits(
      Cause cause,
      EventKind kind,
      Kpi kpi,
      Party owner,
      List<Map<String, String>> cells,
      Set<Reason> risen) {

    static Traits of(Burst lead, Classification found) {
      return new Traits(
          found.cause(),
          lead.getKind(),
          lead.getKpi(),
          found.owner(),
          Traits.cells(lead.getRootCells()),
          risenIn(List.of(lead), lead.getKind()));
    }

    private static List<Map<String, String>> cells(List<SliceEvidence> rootCells) {
      return rootCells.stream().limit(CELLS_MAX).map(SliceEvidence::getSlice).toList();
    }
  }

  /** Cheapest first: most of what is past differs in class and kind already. */
  private static double of(Traits now, Past past) {
    Incident then = past.incident();
    boolean sameClass = then.getIncidentClass().name().equals(now.cause.name());
    double ofClass = then.getState() == IncidentState.REVIEWED ? CLASS : GUESSED_CLASS;
    double sum =
        (sameClass ? ofClass : 0)
            + (now.kind == then.getKind() ? KIND : 0)
            + (now.kpi == then.getKpi() ? KPI : 0)
            + (then.getOwner().name().equals(now.owner.name()) ? OWNER : 0);
    if (sum + PLACE + REASONS < LIKENESS_MIN - ROUNDING) {
      return 0;
    }
    sum += PLACE * place(now.cells, Traits.cells(then.getRootCells()));
    if (sum + REASONS < LIKENESS_MIN - ROUNDING) {
      return 0;
    }
    sum += REASONS * agreement(now.risen, risenIn(past.bursts(), then.getKind()));
    return Math.round(sum * 100) / 100.0;
  }

  private static double place(List<Map<String, String>> now, List<Map<String, String>> then) {
    double most = 0;
    for (Map<String, String> cell : now) {
      for (Map<String, String> other : then) {
        most = Math.max(most, agreement(cell.entrySet(), other.entrySet()));
      }
    }
    return most;
  }

  private static Set<Reason> risenIn(List<Burst> bursts, EventKind kind) {
    Set<Reason> risen = EnumSet.noneOf(Reason.class);
    for (Burst burst : bursts) {
      if (burst.getKind() == kind) {
        for (ReasonShift shift : burst.getReasonShifts()) {
          if (shift.getShareSince() - shift.getShareBefore() >= ROSE_BY_MIN) {
            risen.add(shift.getReason());
          }
        }
      }
    }
    return risen;
  }

  /** What both have, of what either has; two that have nothing agree. */
  private static <T> double agreement(Set<T> a, Set<T> b) {
    if (a.isEmpty() && b.isEmpty()) {
      return 1;
    }
    int both = 0;
    for (T each : a) {
      both += b.contains(each) ? 1 : 0;
    }
    return (double) both / (a.size() + b.size() - both);
  }
}
