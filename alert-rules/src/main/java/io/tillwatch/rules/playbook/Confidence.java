package io.tillwatch.rules.playbook;

/**
 * How often an answer that much is said for was right: a line through measured points.
 *
 * <p>Measured on development seeds of {@code tillwatch evaluate}. These are simulated payments, so
 * nothing is ever surer than {@link #MOST}, and below the first point, where there was little to
 * measure, it stays what the signs say.
 */
final class Confidence {

  /** What nobody is surer than without having looked. */
  static final double MOST = 0.95;

  private static final double[] SAID = {0, 0.30, 0.45, 0.60, 0.75, 1};
  private static final double[] RIGHT = {0, 0.30, 0.65, 0.85, 0.93, MOST};

  private Confidence() {}

  /**
   * Calibrated confidence, 0 to {@link #MOST}; never falls when what is said rises.
   *
   * @param said 0 to 1
   */
  static double of(double said) {
    int i = 1;
    while (i < SAID.length - 1 && said > SAID[i]) {
      i++;
    }
    double part = (said - SAID[i - 1]) / (SAID[i] - SAID[i - 1]);
    return RIGHT[i - 1] + Math.clamp(part, 0, 1) * (RIGHT[i] - RIGHT[i - 1]);
  }
}
