package io.tillwatch.topology.detect;

import io.tillwatch.topology.localise.Layout;
import java.util.Arrays;
import java.util.List;

/**
 * How far the rate of each cell wanders by itself: the variance of its logit between half hours.
 *
 * <p>Moments over blocks of quiet minutes: {@code (O - E)^2} beyond the binomial variance V, over
 * {@code V^2}, with a half-life of two days; a cell's own estimate is pulled towards that of its
 * cuboid. With it the gate becomes a random-effects test, {@code z^2 = d^2 / (1/V + drift)}, and
 * however much traffic there is, a shift below about five standard deviations of the drift is no
 * news.
 */
final class Drift {

  /** Length of a block. */
  static final int BLOCK_MINUTES = 30;

  private static final int DAY_MINUTES = 1_440;

  /** Variance added during the first day, and less and less until the fourth is over. */
  private static final double UNSEEN_HOURS = .2 * .2;

  private static final double DECAY = Math.pow(2, -BLOCK_MINUTES / 2_880.0);
  private static final double CELL_PRIOR = 2e5;
  private static final double CUBOID_PRIOR = 1e5;
  private static final double VARIANCE_START = .01;
  private static final double VARIANCE_MIN = .03 * .03;
  private static final double VARIANCE_MAX = .3 * .3;
  private static final double BINOMIAL_SLACK = 1.1;
  private static final double OUTLIER_VARIANCES = 9;

  /** By cell: decayed sums of the excess and of V squared. */
  private final PerCell sums = new PerCell(2);

  private double[] pools = {};

  /**
   * Variance of a cell's logit over time.
   *
   * @param learnedMinutes history; before whole days were seen, nights may be different
   */
  double variance(Layout layout, int cell, long learnedMinutes) {
    sums.fit(layout);
    double unseen = Math.clamp((4 - learnedMinutes / (double) DAY_MINUTES) / 3, 0, 1);
    return variance(cell, pool(layout.cuboidOf(cell))) + UNSEEN_HOURS * unseen;
  }

  private double variance(int cell, double pool) {
    double excess = sums.get(cell, 0) + CELL_PRIOR * pool;
    return Math.clamp(excess / (sums.get(cell, 1) + CELL_PRIOR), VARIANCE_MIN, VARIANCE_MAX);
  }

  private double pool(int cuboid) {
    return cuboid < pools.length ? pools[cuboid] : VARIANCE_START;
  }

  /** Learns from one block of minutes. */
  void learn(List<Minute> block, Layout layout, Leaves leaves, Baseline baseline, Claims claims) {
    sums.fit(layout);
    double[] excess = new double[layout.cells()];
    double[] variance = new double[layout.cells()];
    rollUp(block, layout, leaves, baseline, claims, excess, variance);
    for (int cell = 0; cell < layout.cells(); cell++) {
      double v = variance[cell];
      double drift = variance(cell, pool(layout.cuboidOf(cell)));
      double most = OUTLIER_VARIANCES * (BINOMIAL_SLACK * v + drift * v * v);
      double beyond = Math.min(excess[cell] * excess[cell], most) - BINOMIAL_SLACK * v;
      sums.set(cell, 0, sums.get(cell, 0) * DECAY + beyond);
      sums.set(cell, 1, sums.get(cell, 1) * DECAY + v * v);
    }
    pool(layout);
  }

  // The parameters are the memory's parts and the two sums to fill.
  private static void rollUp(
      List<Minute> block,
      Layout layout,
      Leaves leaves,
      Baseline baseline,
      Claims claims,
      double[] excess,
      double[] variance) {
    double[] leafExcess = new double[leaves.size()];
    double[] leafVariance = new double[leaves.size()];
    for (Minute minute : block) {
      for (int row = 0; row < minute.rows(); row++) {
        int leaf = minute.leaf[row];
        if (!claims.covers(leaves.claims[leaf], minute.at)) {
          int judged = minute.judged(row);
          double weight = baseline.effective(judged);
          double q = leaves.expected[leaf];
          leafExcess[leaf] += weight * (minute.failures(row) - judged * q);
          leafVariance[leaf] += weight * judged * q * (1 - q);
        }
      }
    }
    for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
      int[] cells = layout.column(cuboid);
      for (int leaf = 0; leaf < leafVariance.length; leaf++) {
        if (leafVariance[leaf] > 0) {
          excess[cells[leaf]] += leafExcess[leaf];
          variance[cells[leaf]] += leafVariance[leaf];
        }
      }
    }
  }

  private void pool(Layout layout) {
    double[] excess = new double[layout.cuboids()];
    double[] weight = new double[layout.cuboids()];
    Arrays.fill(excess, CUBOID_PRIOR * VARIANCE_START);
    Arrays.fill(weight, CUBOID_PRIOR);
    for (int cell = 0; cell < layout.cells(); cell++) {
      excess[layout.cuboidOf(cell)] += sums.get(cell, 0);
      weight[layout.cuboidOf(cell)] += sums.get(cell, 1);
    }
    double[] fresh = new double[layout.cuboids()];
    for (int cuboid = 0; cuboid < fresh.length; cuboid++) {
      fresh[cuboid] = Math.clamp(excess[cuboid] / weight[cuboid], VARIANCE_MIN, VARIANCE_MAX);
    }
    pools = fresh;
  }

  void carry(Layout from, Layout to) {
    sums.fit(from);
    sums.carry(from, to);
    pool(to);
  }

  void write(BytesOut out, Layout layout) {
    sums.fit(layout);
    sums.write(out, layout);
    out.reals(pools, pools.length);
  }

  void read(BytesIn in) {
    sums.read(in);
    pools = in.reals();
  }
}
