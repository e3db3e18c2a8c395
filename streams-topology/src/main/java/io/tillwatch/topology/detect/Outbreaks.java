package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.AnomalyState;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Shift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

  /**
   * How much clearer than usual a cause has to be while its minute is not over. To look more often
   * costs a likelihood ratio nothing (Ville's inequality), but failures come in clumps, and how
   * they do is known of whole minutes only.
   */
  private static final double EARLY_STRENGTH = 1.5;

  private static final int WIDENS_MINUTES = 10;
  private static final int TELL_EVERY_MINUTES = 5;

  private final Memory memory;
  private final Minute minute;
  private final long now;
  private final Hunt hunt;
  private final List<Anomaly> anomalies;
  private final List<Burst> told;

  private Outbreaks(
      Memory memory, Minute minute, double strength, List<Anomaly> anomalies, List<Burst> told) {
    this.memory = memory;
    this.minute = minute;
    this.now = minute.at + Watch.MINUTE_MILLIS;
    this.hunt = new Hunt(memory, strength);
    this.anomalies = anomalies;
    this.told = told;
  }

  /** What a closed minute does. */
  static Outbreaks of(Memory memory, Minute minute, List<Anomaly> anomalies, List<Burst> told) {
    return new Outbreaks(memory, minute, 1, anomalies, told);
  }

  /** What a minute does that is not over: only clear causes count. */
  static Outbreaks early(Memory memory, Minute minute, List<Anomaly> anomalies, List<Burst> told) {
    return new Outbreaks(memory, minute, EARLY_STRENGTH, anomalies, told);
  }

  /** The cells that were looked at closely, and what was thought of them. */
  List<Reasoned> reasoned() {
    return List.copyOf(hunt.reasoned());
  }

  /** Takes the minute into the open bursts; refines, tells and closes them. */
  void follow() {
    List<Slice> planned = memory.settings.planned(minute.at);
    for (OpenBurst burst : List.copyOf(memory.bursts)) {
      if (burst.isEarly(minute.at)) {
        complete(burst);
        continue;
      }
      if (burst.slices().stream().allMatch(root -> isCovered(root, planned))) {
        continue; // work is planned on all of it: it waits, and grows no older
      }
      BurstState before = burst.state();
      burst.add(minute, memory);
      int age = burst.ageMinutes;
      boolean located = false;
      if (!burst.isRecovering()
          && (age == OpenBurst.FIRST_REFINEMENT
              || age == OpenBurst.LAST_REFINEMENT
              || isOld(age) && memory.subject.isPromise())) {
        located = refine(burst);
      }
      // What breaks a promise never becomes normal; it is only looked at anew.
      boolean givesUp = isOld(age) && !memory.subject.isPromise();
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

  private static boolean isCovered(Slice root, List<Slice> planned) {
    return planned.stream().anyMatch(plan -> plan.covers(root));
  }

  private static boolean isOld(int age) {
    return age > 0 && age % OpenBurst.GIVE_UP_MINUTES == 0;
  }

  /** Counts anew, and locates, what was opened before this minute was over. */
  private void complete(OpenBurst burst) {
    if (!refine(burst)) {
      burst.locate(burst.slices(), memory, now);
    }
    tell(burst, AnomalyState.ONGOING);
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
    List<Cusum.Trigger> triggers = memory.cusum.add(minute, memory, shifts(memory));
    causes(triggers).forEach(this::widenOrOpen);
  }

  /** Whether a minute that is not over could have a cause that is clear already. */
  static boolean isSuspicious(Memory memory, CountedRows rows) {
    return !memory.cusum.look(rows, memory, shifts(memory), EARLY_STRENGTH).isEmpty();
  }

  /** Seeks causes that are clear although the minute is not over; what is open stays as it is. */
  void seekEarly() {
    List<Cusum.Trigger> triggers =
        memory.cusum.look(minute, memory, shifts(memory), EARLY_STRENGTH);
    for (List<Hunt.Found> cause : causes(triggers)) {
      if (sameCause(cause.getFirst()) == null && hasRoom()) {
        List<Slice> slices = cause.stream().map(Hunt.Found::slice).toList();
        open(cause, slices, minute.at);
      }
    }
  }

  private static double[] shifts(Memory memory) {
    double[] shifts = new double[Claims.MAX];
    memory.bursts.forEach(burst -> shifts[burst.slot] = burst.shift);
    return shifts;
  }

  private boolean hasRoom() {
    return memory.bursts.size() < BURSTS_MAX && memory.claims.freeSlot() >= 0;
  }

  /** The causes behind these triggers; what one cause did to cells of the same kind together. */
  private Collection<List<Hunt.Found>> causes(List<Cusum.Trigger> triggers) {
    if (triggers.isEmpty() || !hasRoom()) {
      return List.of();
    }
    Map<Integer, List<Hunt.Found>> byCuboid = new LinkedHashMap<>();
    for (Hunt.Found found : hunt.causes(triggers, now)) {
      byCuboid.computeIfAbsent(found.slice().mask(), mask -> new ArrayList<>()).add(found);
    }
    return byCuboid.values();
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
    } else if (hasRoom()) {
      open(cause, slices, OpenBurst.NOT_EARLY);
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

  private void open(List<Hunt.Found> cause, List<Slice> slices, long earlyIn) {
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
    burst.earlyIn = earlyIn;
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
