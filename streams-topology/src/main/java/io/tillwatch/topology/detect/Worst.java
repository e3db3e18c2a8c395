package io.tillwatch.topology.detect;

import io.tillwatch.topology.localise.Layout;
import io.tillwatch.topology.localise.Shift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The cells of up to two dimensions that did worst over the last minutes.
 *
 * <p>Their evidence under every shift is added up only for the most suspicious ones, several times
 * as many as are asked for: those with the largest binomial log-likelihood ratio, which takes three
 * sums per cell and is as large as the evidence of the best shift but for the steps between shifts
 * and for leaves that differ.
 */
final class Worst {

  private static final int WINDOW_MINUTES = 15;
  private static final int LAYERS = 2;
  private static final int SUSPECTS_PER_ASKED = 4;

  /** Attempts, failures and expected failures, each weighted as evidence is. */
  private static final int WIDTH = 3;

  private final Memory memory;
  private final Layout layout;
  private final int leaves;
  private final long[] judged;
  private final long[] failures;
  private final double[] weightedJudged;
  private final double[] weightedFailures;

  private Worst(Memory memory) {
    this.memory = memory;
    this.layout = memory.layout;
    this.leaves = memory.leaves.size();
    this.judged = new long[leaves];
    this.failures = new long[leaves];
    this.weightedJudged = new double[leaves];
    this.weightedFailures = new double[leaves];
  }

  static List<WorstCell> of(Memory memory, int limit) {
    Worst worst = new Worst(memory);
    worst.count();
    int[] suspects = worst.suspects(limit * SUSPECTS_PER_ASKED);
    return worst.examine(suspects).stream()
        .sorted(Comparator.comparingDouble(WorstCell::evidence).reversed())
        .limit(limit)
        .toList();
  }

  private void count() {
    long now = memory.last + Watch.MINUTE_MILLIS;
    for (Minute minute : memory.ring.between(now - WINDOW_MINUTES * Watch.MINUTE_MILLIS, now)) {
      for (int row = 0; row < minute.rows(); row++) {
        int leaf = minute.leaf[row];
        int attempts = minute.judged(row);
        double weight = memory.baseline.effective(attempts);
        judged[leaf] += attempts;
        failures[leaf] += minute.failures(row);
        weightedJudged[leaf] += weight * attempts;
        weightedFailures[leaf] += weight * minute.failures(row);
      }
    }
  }

  /** The most suspicious cells, in order of their numbers. */
  private int[] suspects(int limit) {
    double[] sums = new double[layout.cells() * WIDTH];
    for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
      if (layout.layer(cuboid) <= LAYERS) {
        int[] cells = layout.column(cuboid);
        for (int leaf = 0; leaf < leaves; leaf++) {
          int at = cells[leaf] * WIDTH;
          sums[at] += weightedJudged[leaf];
          sums[at + 1] += weightedFailures[leaf];
          sums[at + 2] += weightedJudged[leaf] * memory.leaves.expected[leaf];
        }
      }
    }
    PriorityQueue<Suspect> most = new PriorityQueue<>();
    for (int cell = 0; cell < layout.cells(); cell++) {
      int at = cell * WIDTH;
      if (sums[at] > 0) {
        double ratio = ratio(sums[at], sums[at + 1], sums[at + 2]);
        if (most.size() < limit || ratio > most.element().ratio()) {
          most.add(new Suspect(cell, ratio));
        }
        if (most.size() > limit) {
          most.remove();
        }
      }
    }
    return most.stream().mapToInt(Suspect::cell).sorted().toArray();
  }

  /** A cell; the least suspicious first, of equal ones the one added last. */
  private record Suspect(int cell, double ratio) implements Comparable<Suspect> {
    @Override
    public int compareTo(Suspect other) {
      int order = Double.compare(ratio, other.ratio);
      return order == 0 ? Integer.compare(other.cell, cell) : order;
    }
  }

  /** Log-likelihood ratio of what was observed against what was expected; 0 when it is better. */
  private static double ratio(double attempts, double failed, double expected) {
    if (failed <= expected) {
      return 0;
    }
    double succeeded = attempts - failed;
    double others = succeeded <= 0 ? 0 : succeeded * Math.log(succeeded / (attempts - expected));
    return Math.max(0, failed * Math.log(failed / expected) + others);
  }

  private List<WorstCell> examine(int[] suspects) {
    int[] placeOf = new int[layout.cells()];
    boolean[] isMeant = new boolean[layout.cuboids()];
    Sums[] sums = new Sums[suspects.length];
    for (int i = 0; i < suspects.length; i++) {
      placeOf[suspects[i]] = i + 1;
      isMeant[layout.cuboidOf(suspects[i])] = true;
      sums[i] = new Sums();
    }
    for (int cuboid = 0; cuboid < isMeant.length; cuboid++) {
      int[] cells = layout.column(cuboid);
      for (int leaf = 0; isMeant[cuboid] && leaf < leaves; leaf++) {
        int place = placeOf[cells[leaf]];
        if (place > 0 && judged[leaf] > 0) {
          add(leaf, sums[place - 1]);
        }
      }
    }
    List<WorstCell> told = new ArrayList<>();
    for (int i = 0; i < suspects.length; i++) {
      told.add(sums[i].told(layout, suspects[i]));
    }
    return told;
  }

  private void add(int leaf, Sums sums) {
    sums.judged += judged[leaf];
    sums.failures += failures[leaf];
    sums.failuresExpected += judged[leaf] * memory.leaves.expected[leaf];
    for (int k = 0; k < Shift.COUNT; k++) {
      sums.evidence[k] +=
          Shift.theta(k) * weightedFailures[leaf]
              + memory.leaves.slope(leaf, k) * weightedJudged[leaf];
    }
  }

  private static final class Sums {
    private long judged;
    private long failures;
    private double failuresExpected;
    private final double[] evidence = new double[Shift.COUNT];

    WorstCell told(Layout layout, int cell) {
      double best = 0;
      for (double sum : evidence) {
        best = Math.max(best, sum);
      }
      return new WorstCell(
          layout.slice(cell),
          judged,
          (judged - failures) / (double) judged,
          (judged - failuresExpected) / judged,
          Math.max(0, failures - failuresExpected),
          best);
    }
  }
}
