package io.tillwatch.topology.detect;

import io.tillwatch.topology.localise.LeafWindow;
import io.tillwatch.topology.localise.Shift;
import java.util.Iterator;

/**
 * Whether to believe a triggered cell: its best window's evidence, allowing for drift.
 *
 * <p>Over windows of one minute to two hours, without minutes that a burst explains, the
 * log-likelihood ratio of the best shift is divided by {@code 1 + V * t}, where V is the window's
 * binomial variance and t how far the cell's logit may be off: its {@link Drift}, and what a
 * baseline of so few attempts does not know. It has to reach the threshold of the cell.
 */
final class Gate {

  private static final int[] WINDOWS = {1, 2, 3, 5, 8, 15, 30, 60, 120};

  /** A cell without history may be half a logit off: one over the variance of that. */
  private static final double UNKNOWN_WEIGHT = 4;

  private static final long ALL_CLAIMS = -1;

  private final Memory memory;

  Gate(Memory memory) {
    this.memory = memory;
  }

  /** The best window of a cell, and its evidence over the threshold. */
  record Outcome(int cell, int windowMinutes, double ratio) {}

  Outcome examine(int cell, long now) {
    return examine(cell, now, ALL_CLAIMS);
  }

  /** Examines a cell with what was counted before some time, without what these claims explain. */
  Outcome examine(int cell, long now, long claims) {
    LeafSet held = LeafSet.ofCell(memory.layout, cell);
    double threshold = memory.cusum.threshold(memory.layout, cell);
    double variance = wander(cell, held);
    Sums sums = new Sums();
    Outcome best = new Outcome(cell, WINDOWS[0], 0);
    Iterator<Minute> back = memory.ring.backwards();
    Minute minute = back.hasNext() ? back.next() : null;
    while (minute != null && minute.at >= now) {
      minute = back.hasNext() ? back.next() : null;
    }
    for (int window : WINDOWS) {
      long from = now - window * Watch.MINUTE_MILLIS;
      while (minute != null && minute.at >= from) {
        add(minute, held, claims, sums);
        minute = back.hasNext() ? back.next() : null;
      }
      double ratio =
          sums.best(memory.subject.firstShift()) / (1 + sums.variance * variance) / threshold;
      if (ratio > best.ratio()) {
        best = new Outcome(cell, window, ratio);
      }
    }
    return best;
  }

  /** Evidence of a cell over its threshold, drift allowed for, from a window of leaves. */
  double ratio(int cell, LeafWindow window, double evidence) {
    LeafSet held = LeafSet.ofCell(memory.layout, cell);
    double variance = 0;
    for (int i = 0; i < held.size(); i++) {
      double q = memory.leaves.expected[held.leaf(i)];
      variance += window.attempts(held.leaf(i)) * q * (1 - q);
    }
    double threshold = memory.cusum.threshold(memory.layout, cell);
    return evidence / (1 + variance * wander(cell, held)) / threshold;
  }

  private void add(Minute minute, LeafSet held, long claims, Sums sums) {
    Leaves leaves = memory.leaves;
    int[] rows = new int[Math.min(held.size(), minute.rows())];
    int count = minute.rowsOf(held, rows);
    for (int i = 0; i < count; i++) {
      int leaf = minute.leaf[rows[i]];
      if (!memory.claims.covers(leaves.claims[leaf] & claims, minute.at)) {
        int judged = minute.judged(rows[i]);
        double weight = memory.baseline.effective(judged);
        sums.add(leaves, leaf, weight * judged, weight * minute.failures(rows[i]));
      }
    }
  }

  /** Variance of what the logit of a cell may be off without anything being wrong. */
  double wander(int cell, LeafSet held) {
    Leaves leaves = memory.leaves;
    double known = 0;
    for (int i = 0; i < held.size(); i++) {
      int leaf = held.leaf(i);
      known += leaves.attempts[leaf] * leaves.expected[leaf] * (1 - leaves.expected[leaf]);
    }
    return memory.drift.variance(memory.layout, cell, memory.baseline.learnedMinutes())
        + 1 / (known + UNKNOWN_WEIGHT);
  }

  private static final class Sums {
    private final double[] evidence = new double[Shift.COUNT];
    private double variance;

    void add(Leaves leaves, int leaf, double attempts, double failures) {
      double q = leaves.expected[leaf];
      variance += attempts * q * (1 - q);
      for (int k = 0; k < evidence.length; k++) {
        evidence[k] += Shift.theta(k) * failures + leaves.slope(leaf, k) * attempts;
      }
    }

    double best(int firstShift) {
      double best = 0;
      for (int k = firstShift; k < evidence.length; k++) {
        best = Math.max(best, evidence[k]);
      }
      return best;
    }
  }
}
