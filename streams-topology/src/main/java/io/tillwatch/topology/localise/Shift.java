package io.tillwatch.topology.localise;

import java.util.Arrays;

/**
 * The shifts of a failure probability that are tested for, and the likelihood ratio of each.
 *
 * <p>A shift adds theta to the logit of the failure probability q. The log-likelihood ratio of f
 * failures in n attempts under it is {@code theta * f + n * slope(q, theta)} with {@code slope =
 * -ln(1 - q + q * e^theta)}: linear in f and n, so that the ratio of a cell is the sum over its
 * leaves, each against its own baseline. A change of the mix moves what is observed and what is
 * expected together and leaves no trace.
 */
public final class Shift {

  private static final double[] THETAS = {.3, .5, .75, 1, 1.4, 1.9, 2.5, 3.2, 4, 5.5};
  private static final double[] FACTORS = Arrays.stream(THETAS).map(Math::exp).toArray();

  /** Number of shifts. */
  public static final int COUNT = THETAS.length;

  private Shift() {}

  /** Shift number k, in logits. */
  public static double theta(int k) {
    return THETAS[k];
  }

  /** What each attempt adds to the log-likelihood ratio of shift k. */
  public static double slope(double failureProbability, int k) {
    return -Math.log(1 + failureProbability * (FACTORS[k] - 1));
  }

  /** What each attempt adds to the log-likelihood ratio of any shift. */
  public static double slope(double failureProbability, double theta) {
    return -Math.log(1 + failureProbability * (Math.exp(theta) - 1));
  }

  /** The failure probability with a shift added to its logit. */
  public static double shifted(double failureProbability, double theta) {
    double odds = failureProbability / (1 - failureProbability) * Math.exp(theta);
    return odds / (1 + odds);
  }
}
