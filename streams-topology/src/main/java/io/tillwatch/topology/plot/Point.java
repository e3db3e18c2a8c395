package io.tillwatch.topology.plot;

/**
 * What a cell did in a minute, or in some minutes together, and what was expected of it then.
 *
 * @param minute the first one, from the beginning of the recording
 * @param minutes how many
 * @param attempts judged events
 * @param failures those of them that failed
 * @param expected failures expected
 * @param chance variance of the failures by chance, with minutes that scatter more than binomially
 * @param drift standard deviation of the failures by how far the cell's rate may wander
 */
public record Point(
    int minute,
    int minutes,
    double attempts,
    double failures,
    double expected,
    double chance,
    double drift) {

  private static final double Z95 = 1.959964;

  /** Chances of different minutes add as variances; drift is the same for all of them. */
  Point plus(Point next) {
    return new Point(
        minute,
        minutes + next.minutes,
        attempts + next.attempts,
        failures + next.failures,
        expected + next.expected,
        chance + next.chance,
        drift + next.drift);
  }

  /** Whether there is a rate to draw. */
  boolean hasRate() {
    return attempts > 0;
  }

  double observedRate() {
    return 1 - failures / attempts;
  }

  double expectedRate() {
    return 1 - expected / attempts;
  }

  /** Lower end of what chance and drift allow 95 times in 100, by a normal approximation. */
  double low() {
    return Math.clamp(expectedRate() - spread(), 0, 1);
  }

  /** Upper end. */
  double high() {
    return Math.clamp(expectedRate() + spread(), 0, 1);
  }

  private double spread() {
    return Z95 * Math.sqrt(chance + drift * drift) / attempts;
  }
}
