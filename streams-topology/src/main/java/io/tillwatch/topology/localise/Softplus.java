package io.tillwatch.topology.localise;

import java.util.Arrays;

/**
 * {@code ln(1 + e^x)} from a table, within 5e-7: what makes a likelihood of shifted failures dear
 * is this logarithm, once for each shift of each leaf.
 */
final class Softplus {

  /** Entries a unit of x; a power of two, so that steps of a quarter fall on entries. */
  static final int PER_UNIT = 256;

  /** Beyond these it is 0, and x itself. */
  private static final int FROM = -24;

  private static final int TO = 40;

  private static final double[] TABLE = new double[(TO - FROM) * PER_UNIT + 2];

  static {
    Arrays.setAll(TABLE, i -> Math.log1p(Math.exp(FROM + i / (double) PER_UNIT)));
  }

  private Softplus() {}

  /**
   * Fills in the values at evenly spaced points.
   *
   * @param first the first point
   * @param steps entries from one point to the next
   */
  static void fill(double first, int steps, double[] values) {
    int most = TABLE.length - 2 - (values.length - 1) * steps;
    double place = Math.clamp((first - FROM) * PER_UNIT, 0, most);
    int at = (int) place;
    double part = place - at;
    for (int i = 0; i < values.length; i++) {
      values[i] = TABLE[at] + part * (TABLE[at + 1] - TABLE[at]);
      at += steps;
    }
  }
}
