package io.tillwatch.topology.localise;

import java.util.Arrays;

/**
 * Amounts that add up, against a forecast of each leaf: one alternative per relative deviation.
 *
 * <p>A leaf's deviation is {@code (forecast - real) / max(forecast, real)}, between -1 and 1, and
 * counts the same whatever its volume: seen from the larger of the two, chance moves a leaf as far
 * up as down. How far, is learned from the side where nothing is looked for, mirrored: a Gaussian
 * core, an exponential tail, and a share of leaves that fall to nothing. The leaves of a cause
 * deviate by about the same, a few of them by anything, as another cause may cross it. One leaf
 * never says more than {@link #RATIO_MAX}, nor less than {@link #RATIO_MIN}.
 */
public final class AmountEvidence implements Evidence {

  private static final double[] DEVIATIONS = {.1, .2, .3, .4, .5, .6, .7, .8, .9, 1, 1.1, 1.2};
  private static final double RATIO_MIN = -4;
  private static final double RATIO_MAX = 40;
  private static final double GONE = 1 - 1e-9;

  /** Standard deviation of a cause's leaves around its deviation, which may exceed 1. */
  private static final double SPREAD = .05;

  /** Of a cause's leaves, those that deviate by anything from here to gone. */
  private static final double ANYTHING_SHARE = .1;

  private static final double ANYTHING_FROM = .1;
  private static final double ANYTHING_GONE = .2;

  /** Of an average leaf: what holds less says nothing, as it may be rounding. */
  private static final double AMOUNT_MIN = 1e-5;

  /** Median of the absolute value of a standard Gaussian. */
  private static final double GAUSSIAN_MEDIAN = .6745;

  private static final double CORE_MIN = .004;
  private static final double CORE_WIDTHS = 3;

  /** Leaves that are taken to have deviated by chance before any was seen. */
  private static final double TAIL_PRIOR = .5;

  /** In core widths: what they went beyond the core by, and the least that is believed. */
  private static final double TAIL_SCALE_PRIOR = 1;

  private static final double TAIL_SCALE_MIN = .3;

  /**
   * Leaves that are taken to have fallen to nothing by chance before any was seen: where nobody
   * else does, one that does is no chance.
   */
  private static final double GONE_PRIOR = .05;

  /** Slope of the logistic curve that is next to the Gaussian's. */
  private static final double LOGISTIC_SLOPE = 1.702;

  private final double[] deviations;
  private final int[] active;
  private final double[] nulls;

  /**
   * Of leaves that fell ({@code direction} 1) or rose (-1).
   *
   * @param real by leaf, not below 0
   * @param forecast by leaf, not below 0
   */
  public AmountEvidence(double[] real, double[] forecast, int direction) {
    double all = Arrays.stream(real).sum() + Arrays.stream(forecast).sum();
    double least = AMOUNT_MIN * all / 2 / Math.max(1, real.length);
    this.deviations = new double[real.length];
    int[] present = new int[real.length];
    int count = 0;
    for (int leaf = 0; leaf < real.length; leaf++) {
      double larger = Math.max(forecast[leaf], real[leaf]);
      if (larger > least) {
        deviations[leaf] = direction * (forecast[leaf] - real[leaf]) / larger;
        present[count++] = leaf;
      }
    }
    this.active = Arrays.copyOf(present, count);
    Chance chance = new Chance(deviations, active);
    this.nulls = new double[real.length];
    for (int leaf : active) {
      nulls[leaf] = Math.log(chance.likelihood(deviations[leaf]));
    }
  }

  @Override
  public int alternatives() {
    return DEVIATIONS.length;
  }

  @Override
  public int[] activeLeaves() {
    return active.clone();
  }

  @Override
  public double ratio(int leaf, int alternative) {
    double likelihood = likelihood(deviations[leaf], DEVIATIONS[alternative]);
    return Math.clamp(Math.log(likelihood) - nulls[leaf], RATIO_MIN, RATIO_MAX);
  }

  /** Of a leaf of a cause: a probability when it is gone, else a density. */
  private static double likelihood(double deviation, double mean) {
    if (deviation > GONE) {
      double beyond = 1 / (1 + Math.exp(-LOGISTIC_SLOPE * (mean - 1) / SPREAD));
      return (1 - ANYTHING_SHARE) * beyond + ANYTHING_SHARE * ANYTHING_GONE;
    }
    double alike = (1 - ANYTHING_SHARE) * gaussian(deviation - mean, SPREAD);
    return deviation > ANYTHING_FROM
        ? alike + ANYTHING_SHARE * (1 - ANYTHING_GONE) / (1 - ANYTHING_FROM)
        : alike;
  }

  private static double gaussian(double gap, double width) {
    double widths = gap / width;
    return Math.exp(-.5 * widths * widths) / (width * Math.sqrt(2 * Math.PI));
  }

  /** How far leaves deviate by chance. */
  private static final class Chance {

    private final double core;
    private final double tailShare;
    private final double tailScale;
    private final double goneShare;

    /** Learned from the leaves with deviations of 0 and below. */
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
        if (deviation > GONE) {
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
              TAIL_SCALE_MIN * core,
              (excess + TAIL_PRIOR * TAIL_SCALE_PRIOR * core) / (beyond + TAIL_PRIOR));
      goneShare = (gone + GONE_PRIOR) / (all + 1);
    }

    /** A probability when it is gone, else a density. */
    double likelihood(double deviation) {
      double size = Math.abs(deviation);
      if (size > GONE) {
        return goneShare / 2;
      }
      double beyond = size - CORE_WIDTHS * core;
      double tail = beyond > 0 ? tailShare / 2 * Math.exp(-beyond / tailScale) / tailScale : 0;
      double inside = Math.max(0, 1 - tailShare - goneShare) * gaussian(size, core);
      return Math.max(Double.MIN_NORMAL, inside + tail);
    }
  }
}
