package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.AnomalyState;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Shift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one minute does to the bursts: open ones are followed, new ones are sought. */
final class Outbreaks {

  /** Bursts open at once; beyond, what triggers goes on triggering until one closes. */
  private static final int BURSTS_MAX = 16;

  /** Cells of the same kind that broke so close together have one cause. */
  private static final long SAME_CAUSE_MILLIS = 3 * Watch.MINUTE_MILLIS;

  private static final int WIDENS_MINUTES = 10;
  private static final int TELL_EVERY_MINUTES = 5;

  private final Memory memory;
  private final Minute minute;
  private final long now;
  private final Hunt hunt;
  private final List<Anomaly> anomalies;
  private final List<Burst> told;

  Outbreaks(Memory memory, Minute minute, List<Anomaly> anomalies, List<Burst> told) {
    this.memory = memory;
    this.minute = minute;
    this.now = minute.at + Watch.MINUTE_MILLIS;
    this.hunt = new Hunt(memory);
    this.anomalies = anomalies;
    this.told = told;
  }

  /** The cells that were looked at closely, and what was thought of them. */
  List<Reasoned> reasoned() {
    return List.copyOf(hunt.reasoned());
  }

  /** Takes the minute into the open bursts; refines, tells and closes them. */
  void follow() {
    for (OpenBurst burst : List.copyOf(memory.bursts)) {
      BurstState before = burst.state();
      burst.add(minute, memory);
      int age = burst.ageMinutes;
      boolean located = false;
      if (!burst.isRecovering()
          && (age == OpenBurst.FIRST_REFINEMENT || age == OpenBurst.LAST_REFINEMENT)) {
        located = refine(burst);
      }
      boolean givesUp = age >= OpenBurst.GIVE_UP_MINUTES;
      if (burst.isOver() || givesUp) {
        close(burst, givesUp);
      } else if (located
          || burst.state() != before
          || age <= OpenBurst.FIRST_REFINEMENT
          || age % TELL_EVERY_MINUTES == 0) {
        tell(burst, AnomalyState.ONGOING);
      }
    }
  }

  /**
   * Locates a burst anew with all that is known since its onset; whether that changed its cells.
   */
  private boolean refine(OpenBurst burst) {
    List<Hunt.Found> kept = new ArrayList<>();
    for (Hunt.Found found : hunt.locate(burst.onset, now, burst.slot)) {
      boolean first = kept.isEmpty();
      boolean relative =
          burst.slices().stream()
              .anyMatch(root -> root.covers(found.slice()) || found.slice().covers(root));
      boolean overlaps = burst.slices().stream().anyMatch(found.slice()::overlaps);
      boolean same = !first && kept.getFirst().slice().mask() == found.slice().mask();
      if (first ? overlaps : relative || same) {
        kept.add(found);
      }
    }
    if (kept.isEmpty()) {
      return false;
    }
    burst.confidence = kept.getFirst().confidence();
    List<Slice> slices = kept.stream().map(Hunt.Found::slice).toList();
    if (Set.copyOf(slices).equals(Set.copyOf(burst.slices()))) {
      return false;
    }
    relocate(burst, slices, BurstState.REFINED);
    return true;
  }

  private void relocate(OpenBurst burst, List<Slice> slices, BurstState state) {
    burst.locate(slices, memory, now);
    burst.located = state;
    startOver(burst, Claims.OPEN);
  }

  private void startOver(OpenBurst burst, long until) {
    Claims.Claim claim = new Claims.Claim(burst.slices(), burst.onset, until);
    memory.cusum.startOver(memory.layout, memory.leaves, claim);
  }

  private void close(OpenBurst burst, boolean givesUp) {
    if (givesUp) {
      becomeNormal(burst);
    }
    burst.closedAt = minute.closedAt;
    tell(burst, AnomalyState.CLEARED);
    memory.claims.set(
        burst.slot, new Claims.Claim(burst.slices(), burst.onset, minute.at), memory.leaves);
    startOver(burst, minute.at);
    memory.bursts.remove(burst);
  }

  /** What lasts so long is how things are now: the leaves start over from there. */
  private void becomeNormal(OpenBurst burst) {
    Leaves leaves = memory.leaves;
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      if (memory.claims.holds(burst.slot, leaves.claims[leaf])) {
        double q = Shift.shifted(leaves.base[leaf], burst.shift);
        leaves.failures[leaf] = leaves.attempts[leaf] * q;
        memory.baseline.become(leaves, leaf, q);
      }
    }
  }

  /** Seeks causes that no burst explains yet. */
  void seek() {
    double[] shifts = new double[Claims.MAX];
    memory.bursts.forEach(burst -> shifts[burst.slot] = burst.shift);
    List<Cusum.Trigger> triggers = memory.cusum.add(minute, memory, shifts);
    if (triggers.isEmpty() || memory.bursts.size() >= BURSTS_MAX || memory.claims.freeSlot() < 0) {
      return;
    }
    Map<Integer, List<Hunt.Found>> byCuboid = new LinkedHashMap<>();
    for (Hunt.Found found : hunt.causes(triggers, now)) {
      byCuboid.computeIfAbsent(found.slice().mask(), mask -> new ArrayList<>()).add(found);
    }
    byCuboid.values().forEach(this::widenOrOpen);
  }

  private void widenOrOpen(List<Hunt.Found> cause) {
    List<Slice> slices = new ArrayList<>(cause.stream().map(Hunt.Found::slice).toList());
    OpenBurst known = sameCause(cause.getFirst());
    if (known != null) {
      for (Slice root : known.slices()) {
        if (slices.stream().noneMatch(slice -> slice.covers(root))) {
          slices.add(root);
        }
      }
      relocate(known, slices, BurstState.WIDENED);
      tell(known, AnomalyState.ONGOING);
    } else if (memory.bursts.size() < BURSTS_MAX && memory.claims.freeSlot() >= 0) {
      open(cause, slices);
    }
  }

  /**
   * The open burst that this cell belongs to: it lies around it and began with it, or broke with
   * it.
   */
  private @Nullable OpenBurst sameCause(Hunt.Found found) {
    for (OpenBurst burst : memory.bursts) {
      boolean close =
          burst.ageMinutes <= WIDENS_MINUTES
              && Math.abs(found.onset() - burst.onset) <= SAME_CAUSE_MILLIS;
      // What breaks around an old burst, long after it, is an incident of its own.
      boolean began = found.onset() - burst.onset <= WIDENS_MINUTES * Watch.MINUTE_MILLIS;
      for (Slice root : burst.slices()) {
        boolean around = began && found.slice().covers(root);
        if (around || close && found.slice().mask() == root.mask()) {
          return burst;
        }
      }
    }
    return null;
  }

  private void open(List<Hunt.Found> cause, List<Slice> slices) {
    Hunt.Found first = cause.getFirst();
    long onset = cause.stream().mapToLong(Hunt.Found::onset).min().orElse(first.onset());
    OpenBurst burst =
        new OpenBurst(
            new OpenBurst.Birth(
                BurstId.of(memory, memory.subject.kpi(), slices, onset),
                memory.claims.freeSlot(),
                onset,
                minute.closedAt,
                first.statistic(),
                first.threshold()));
    burst.confidence = first.confidence();
    memory.bursts.add(burst);
    relocate(burst, slices, BurstState.OPEN);
    tell(burst, AnomalyState.ONSET);
  }

  private void tell(OpenBurst burst, AnomalyState state) {
    Burst report = BurstReport.of(burst, memory, minute.closedAt);
    told.add(report);
    for (RootCell root : burst.roots) {
      double judged = Math.max(1, root.judged());
      anomalies.add(
          new Anomaly(
              memory.subject.tenant(),
              memory.subject.kind(),
              root.slice.toMap(),
              report.getKpi(),
              Instant.ofEpochMilli(minute.at),
              state,
              root.evidence(),
              burst.threshold,
              root.judged(),
              Measure.value(report.getKpi(), root.failures() / judged),
              Measure.value(report.getKpi(), root.failuresExpected() / judged)));
    }
  }
}
