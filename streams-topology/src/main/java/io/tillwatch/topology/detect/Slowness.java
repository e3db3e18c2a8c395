package io.tillwatch.topology.detect;

import io.tillwatch.topology.cell.LatencySketch;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long an event of each leaf may take before it counts as slow: longer than four in five of the
 * leaf's own events usually do.
 *
 * <p>So a duration becomes a share that is usually {@link #USUAL_SHARE}, and is judged as any rate
 * is. It needs no model of how durations are distributed, and a few that take for ever weigh no
 * more than a few. When all of a leaf's events take 1.8 times as long, with a spread of half a
 * natural logarithm, three in five are slow.
 *
 * <p>The limit is learned once from at least {@link #DURATIONS_MIN} durations of the last hours,
 * and stays: what changes from day to day is the baseline's to learn. It is learned anew when the
 * usual share has left its useful range. A leaf without a limit is not judged.
 */
final class Slowness {

  /** Share of a leaf's events that are slow in usual times. */
  static final double USUAL_SHARE = .2;

  private static final double SHARE_MIN = .05;
  private static final double SHARE_MAX = .45;
  private static final long DURATIONS_MIN = 200;

  /** By leaf's number: the highest bucket of {@link LatencySketch} that is not slow. */
  private final TreeMap<Long, Integer> limits = new TreeMap<>();

  /** The highest bucket that is not slow; {@link Integer#MAX_VALUE} while nothing is known. */
  int limit(long leafNumber) {
    return limits.getOrDefault(leafNumber, Integer.MAX_VALUE);
  }

  /** Learns limits that are missing or of no use any more, and drops those of forgotten leaves. */
  void learn(Memory memory, long now) {
    Leaves leaves = memory.leaves;
    Map<Integer, LatencySketch> sought = new TreeMap<>();
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      if (leaves.claims[leaf] == 0 && !isUseful(leaf, leaves)) {
        sought.put(leaf, new LatencySketch());
      }
    }
    if (!sought.isEmpty()) {
      long span = Ring.MINUTES * Watch.MINUTE_MILLIS;
      for (Minute minute : memory.ring.between(now - span, now)) {
        addTo(sought, minute);
      }
      sought.forEach((leaf, durations) -> set(leaf, durations, leaves));
    }
    limits.keySet().removeIf(number -> !leaves.knows(number));
  }

  private boolean isUseful(int leaf, Leaves leaves) {
    double attempts = leaves.attempts[leaf];
    double share = leaves.failures[leaf] / Math.max(1, attempts);
    return limits.containsKey(leaves.number(leaf))
        && (attempts < DURATIONS_MIN || share >= SHARE_MIN && share <= SHARE_MAX);
  }

  private static void addTo(Map<Integer, LatencySketch> sought, Minute minute) {
    for (int row = 0; row < minute.rows(); row++) {
      LatencySketch durations = sought.get(minute.leaf[row]);
      if (durations != null) {
        Facts facts = new Facts();
        minute.addTo(facts, row);
        durations.merge(facts.latency);
      }
    }
  }

  private void set(int leaf, LatencySketch durations, Leaves leaves) {
    if (durations.count() < DURATIONS_MIN) {
      return;
    }
    long below = 0;
    for (int i = 0; i < durations.size(); i++) {
      below += durations.countOf(i);
      if (below >= (1 - USUAL_SHARE) * durations.count()) {
        Integer before = limits.put(leaves.number(leaf), durations.bucket(i));
        if (before == null || before != durations.bucket(i)) {
          // What was counted against the old limit says nothing about the new one.
          leaves.attempts[leaf] = durations.count();
          leaves.failures[leaf] = durations.count() - below;
        }
        break;
      }
    }
  }

  void write(BytesOut out) {
    out.number(limits.size());
    limits.forEach((number, limit) -> out.number(number).number(limit + 1L));
  }

  void read(BytesIn in) {
    for (int left = in.count(); left > 0; left--) {
      limits.put(in.number(), (int) in.number() - 1);
    }
  }
}
