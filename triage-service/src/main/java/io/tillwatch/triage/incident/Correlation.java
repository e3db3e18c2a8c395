package io.tillwatch.triage.incident;

import io.tillwatch.rules.incident.CorrelationRules;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.slice.Dimension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Whether bursts have one cause, judged by place and time. */
final class Correlation {

  private static final String PSP = Dimension.PSP.label();

  private final CorrelationRules near;

  Correlation(CorrelationRules near) {
    this.near = near;
  }

  /** Whether a burst has the cause of an incident that holds these. */
  boolean belongsTo(List<Burst> held, Burst burst) {
    return held.stream().anyMatch(each -> sameCause(each, burst) && draws(each, held, burst));
  }

  /** Whether a burst is the return of an incident that held these. */
  boolean returnOf(List<Burst> held, Burst burst) {
    return held.stream().anyMatch(each -> sameCells(each, burst) && draws(each, held, burst));
  }

  /**
   * Whether what an incident holds says anything about where a burst belongs.
   *
   * <p>A mix around a located cause reaches far beyond it: failures of another cause within its
   * cells would join, or be told as a return, and their page would never be sent. Only as long as
   * nothing but mixes is known are the failures that began with them what they speak of.
   */
  private boolean draws(Burst each, List<Burst> held, Burst burst) {
    return !isMix(each)
        || isMix(burst)
        || (beganTogether(each, burst) && held.stream().allMatch(Correlation::isMix));
  }

  /** Whether a burst burns at the same time and in the same place as one that is known. */
  boolean sameCause(Burst known, Burst burst) {
    return together(known, burst) && (samePlace(known, burst) || isMixOf(known, burst));
  }

  /**
   * Whether other reasons than usual, wherever they are seen, are those of failures that began with
   * them: until a cause is located exactly, what of it lies outside shows as a mix around it.
   */
  private boolean isMixOf(Burst failures, Burst mix) {
    return failures.getKind() == mix.getKind()
        && isMix(mix)
        && !isMix(failures)
        && beganTogether(failures, mix)
        && anyPair(mix.getRootCells(), failures.getRootCells(), Correlation::covers);
  }

  private boolean beganTogether(Burst a, Burst b) {
    Duration apart = Duration.between(a.getOnsetAt(), b.getOnsetAt()).abs();
    return apart.compareTo(near.together()) <= 0;
  }

  /** Whether it tells no failures, only that their reasons are others than usual. */
  static boolean isMix(Burst burst) {
    return burst.getKpi() == Kpi.REASON_MIX;
  }

  /**
   * Whether one can be another's return: in the same cells, or in cells of which one holds the
   * other. What comes after it in a part of all traffic is not the return of what was everywhere.
   */
  private static boolean sameCells(Burst known, Burst burst) {
    return known.getKind() == burst.getKind()
        && anyPair(
            known.getRootCells(),
            burst.getRootCells(),
            (a, b) -> a.isEmpty() == b.isEmpty() && (covers(a, b) || covers(b, a)));
  }

  /**
   * The same cells, or cells of which one holds the other; across kinds of event the PSP is enough.
   *
   * <p>All traffic is no place: it holds everything, so it would draw every burst into one incident
   * and leave the next page unsent. All traffic of one kind is the place of what is found within it
   * afterwards, and of nothing else.
   */
  static boolean samePlace(Burst known, Burst burst) {
    BiPredicate<Map<String, String>, Map<String, String>> same =
        known.getKind() == burst.getKind() ? Correlation::belongs : Correlation::follows;
    return anyPair(known.getRootCells(), burst.getRootCells(), same);
  }

  private static boolean belongs(Map<String, String> known, Map<String, String> burst) {
    return covers(known, burst) || (!burst.isEmpty() && covers(burst, known));
  }

  private static boolean follows(Map<String, String> known, Map<String, String> burst) {
    boolean somewhere = !known.isEmpty() && !burst.isEmpty();
    return somewhere && (covers(known, burst) || covers(burst, known) || samePsp(known, burst));
  }

  /**
   * Whether every root cell of the inner lies within one of the outer, for the same kind of event.
   */
  static boolean holds(Burst outer, Burst inner) {
    return outer.getKind() == inner.getKind()
        && inner.getRootCells().stream()
            .allMatch(in ->
                outer.getRootCells().stream()
                    .anyMatch(out -> covers(out.getSlice(), in.getSlice())));
  }

  private boolean together(Burst a, Burst b) {
    return !a.getOnsetAt().isAfter(end(b).plus(near.together()))
        && !b.getOnsetAt().isAfter(end(a).plus(near.together()));
  }

  private static Instant end(Burst burst) {
    Instant closed = burst.getClosedAt();
    if (closed != null) {
      return closed;
    }
    return burst.getState() == BurstState.CLOSED ? burst.getUpdatedAt() : FAR;
  }

  /** Later than anything, and far enough from the end of time to add durations to. */
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private static boolean anyPair(
      List<SliceEvidence> as,
      List<SliceEvidence> bs,
      BiPredicate<Map<String, String>, Map<String, String>> test) {
    return as.stream()
        .anyMatch(a -> bs.stream().anyMatch(b -> test.test(a.getSlice(), b.getSlice())));
  }

  private static boolean covers(Map<String, String> outer, Map<String, String> inner) {
    return inner.entrySet().containsAll(outer.entrySet());
  }

  private static boolean samePsp(Map<String, String> a, Map<String, String> b) {
    String psp = a.get(PSP);
    return psp != null && psp.equals(b.get(PSP)) && overlaps(a, b);
  }

  static boolean overlaps(Map<String, String> a, Map<String, String> b) {
    return a.entrySet().stream()
        .allMatch(
            entry -> entry.getValue().equals(b.getOrDefault(entry.getKey(), entry.getValue())));
  }
}
