package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import java.util.SplittableRandom;

/** Draws that counts need, with the same result on every machine. */
final class Draw {

  /** Digits after the point of a drawn parameter: what a label says is what was done. */
  private static final double STEPS = 1_000;

  private Draw() {}

  /** Uniform, in whole thousandths. */
  static double between(SplittableRandom random, double least, double most) {
    return StrictMath.rint(random.nextDouble(least, most) * STEPS) / STEPS;
  }

  /** Uniform, both ends included. */
  static int between(SplittableRandom random, int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /**
   * A gamma draw of mean 1; the larger the shape the closer to 1.
   *
   * <p>Marsaglia and Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000);
   * shapes below 1 as in its section 6.
   */
  static double gamma(SplittableRandom random, double shape) {
    return standardGamma(random, shape) / shape;
  }

  private static double standardGamma(SplittableRandom random, double shape) {
    if (shape < 1) {
      double boost = StrictMath.pow(1 - random.nextDouble(), 1 / shape);
      return standardGamma(random, shape + 1) * boost;
    }
    double d = shape - 1 / 3.0;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      double u = 1 - random.nextDouble();
      if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }

  /** A Dirichlet draw around shares that sum to 1; the larger the concentration the closer. */
  static double[] dirichlet(SplittableRandom random, double concentration, double[] shares) {
    double[] drawn = new double[shares.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      drawn[i] = standardGamma(random, concentration * shares[i]);
      sum += drawn[i];
    }
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] /= sum;
    }
    return drawn;
  }

  static int binomial(SplittableRandom random, int n, double probability) {
    int successes = 0;
    for (int i = 0; i < n; i++) {
      if (Chance.happens(random, probability)) {
        successes++;
      }
    }
    return successes;
  }

  /**
   * Successes of n attempts whose outcomes are correlated: beta-binomial, drawn from Pólya's urn,
   * which needs no beta draw.
   *
   * @param correlation between two attempts, above 0 and below 1
   */
  static int betaBinomial(SplittableRandom random, int n, double probability, double correlation) {
    double balls = 1 / correlation - 1;
    double won = probability * balls;
    int successes = 0;
    for (int i = 0; i < n; i++) {
      if (random.nextDouble() * (balls + i) < won + successes) {
        successes++;
      }
    }
    return successes;
  }

  /**
   * Share of a standard normal above a value, within 1e-7: Abramowitz and Stegun, Handbook of
   * Mathematical Functions (1964), 26.2.17.
   */
  static double above(double value) {
    if (value < 0) {
      return 1 - above(-value);
    }
    double t = 1 / (1 + 0.2316419 * value);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return series * StrictMath.exp(-0.5 * value * value) / StrictMath.sqrt(2 * StrictMath.PI);
  }
}
