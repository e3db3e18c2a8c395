package io.tillwatch.topology.localise;

import java.util.Arrays;

/**
 * Amounts that add up, against a forecast of each leaf: one alternative per relative deviation.
 *
 * <p>A leaf's deviation is {@code d = 2 (forecast - real) / (forecast + real)}, between -2 and 2,
 * and counts the same whatever its volume. What deviates by chance is learned from the side where
 * nothing is looked for, mirrored: a Gaussian core, an exponential tail, and a share of leaves that
 * fall to nothing. One leaf never says more than {@link #RATIO_MAX}, nor less than {@link
 * #RATIO_MIN}.
 */
public final class AmountEvidence implements Evidence {

  private static final double[] DEVIATIONS = {.1, .2, .35, .5, .7, .9, 1.15, 1.4, 1.7, 1.95};
  private static final double RATIO_MIN = -4;
  private static final double RATIO_MAX = 40;
  private static final double GONE = 2;
  private static final double GONE_TOLERANCE = 1e-9;

  /** Median of the absolute value of a standard Gaussian. */
  private static final double GAUSSIAN_MEDIAN = .6745;

  private static final double CORE_MIN = .004;
  private static final double CORE_WIDTHS = 3;

  /** Leaves that are taken to have deviated by chance before any was seen. */
  private static final double TAIL_PRIOR = .5;

  private static final double TAIL_SCALE_PRIOR = .3;
  private static final double TAIL_SCALE_MIN = .05;

  /** Width of an alternative, in distances to the next one. */
  private static final double ALTERNATIVE_WIDTH = .25;

  private final double[] deviations;
  private final int[] active;
  private final double[] nulls;
  private final double spread;

  /**
   * Of leaves that fell ({@code direction} 1) or rose (-1).
   *
   * @param real by leaf, not below 0
   * @param forecast by leaf, not below 0
   */
  public AmountEvidence(double[] real, double[] forecast, int direction) {
    this.deviations = new double[real.length];
    int[] present = new int[real.length];
    int count = 0;
    for (int leaf = 0; leaf < real.length; leaf++) {
      double sum = forecast[leaf] + real[leaf];
      if (sum > 0) {
        deviations[leaf] = direction * 2 * (forecast[leaf] - real[leaf]) / sum;
        present[count++] = leaf;
      }
    }
    this.active = Arrays.copyOf(present, count);
    Chance chance = new Chance(deviations, active);
    this.nulls = new double[real.length];
    for (int leaf : active) {
      nulls[leaf] = Math.log(chance.density(deviations[leaf]));
    }
    this.spread = chance.core;
  }

  @Override
  public int alternatives() {
    return DEVIATIONS.length;
  }

  @Override
  public int[] activeLeaves() {
    return active;
  }

  @Override
  public double ratio(int leaf, int alternative) {
    double mean = DEVIATIONS[alternative];
    double wide = Math.hypot(spread, ALTERNATIVE_WIDTH * step(alternative));
    double gap = (deviations[leaf] - mean) / wide;
    double log = -.5 * gap * gap - Math.log(wide * Math.sqrt(2 * Math.PI)) - nulls[leaf];
    return Math.clamp(log, RATIO_MIN, RATIO_MAX);
  }

  /** Distance to the neighbouring deviations: between them nothing must fall through. */
  private static double step(int alternative) {
    return alternative == 0 ? DEVIATIONS[0] : DEVIATIONS[alternative] - DEVIATIONS[alternative - 1];
  }

  /** How far leaves deviate by chance. */
  private static final class Chance {

    private final double core;
    private final double tailShare;
    private final double tailScale;
    private final double goneShare;

    /** Learned from the leaves with deviations below 0. */
    Chance(double[] deviations, int[] active) {
      double[] quiet =
          Arrays.stream(active)
              .mapToDouble(leaf -> -deviations[leaf])
              .filter(deviation -> deviation >= 0)
              .sorted()
              .toArray();
      double median = quiet.length == 0 ? 0 : quiet[quiet.length / 2];
      core = Math.max(CORE_MIN, median / GAUSSIAN_MEDIAN);
      double beyond = 0;
      double excess = 0;
      double gone = 0;
      for (double deviation : quiet) {
        if (deviation > GONE - GONE_TOLERANCE) {
          gone++;
        } else if (deviation > CORE_WIDTHS * core) {
          beyond++;
          excess += deviation - CORE_WIDTHS * core;
        }
      }
      double all = Math.max(1, quiet.length);
      tailShare = (beyond + TAIL_PRIOR) / (all + 1);
      tailScale =
          Math.max(
              TAIL_SCALE_MIN, (excess + TAIL_PRIOR * TAIL_SCALE_PRIOR) / (beyond + TAIL_PRIOR));
      goneShare = (gone + TAIL_PRIOR) / (all + 1);
    }

    double density(double deviation) {
      double size = Math.abs(deviation);
      if (size > GONE - GONE_TOLERANCE) {
        return goneShare / 2 / core;
      }
      double gap = size / core;
      double gaussian =
          (1 - tailShare - goneShare) * Math.exp(-.5 * gap * gap) / (core * Math.sqrt(2 * Math.PI));
      return gaussian + tailShare / 2 * Math.exp(-size / tailScale) / tailScale;
    }
  }
}
