package io.tillwatch.load.model;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Random draws with the same result on every machine: {@link StrictMath}, and streams that are
 * found by hashing what they are for.
 */
public final class Chance {

  /**
   * Above this mean a Poisson draw is made as a sum of smaller ones: exp(-mean) must not vanish.
   */
  private static final double POISSON_STEP = 32;

  private Chance() {}

  /** The stream that belongs to these numbers: the same numbers, the same stream. */
  public static SplittableRandom stream(long seed, long concern, long a, long b) {
    return new SplittableRandom(mix(mix(mix(mix(seed) ^ concern) ^ a) ^ b));
  }

  /** Stafford's 64-bit finaliser (variant 13), as in SplittableRandom. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  public static int poisson(SplittableRandom random, double mean) {
    int count = 0;
    double left = mean;
    while (left > 0) {
      count += smallPoisson(random, Math.min(left, POISSON_STEP));
      left -= POISSON_STEP;
    }
    return count;
  }

  /** Knuth's product of uniforms. */
  private static int smallPoisson(SplittableRandom random, double mean) {
    double limit = StrictMath.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** A log-normal draw with this median and this standard deviation of its logarithm. */
  public static double logNormal(SplittableRandom random, double median, double sigma) {
    return median * StrictMath.exp(sigma * random.nextGaussian());
  }

  public static double logistic(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }

  public static boolean happens(SplittableRandom random, double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /**
   * So many letters from a to p, four bits each: ids without digits never look like a card number.
   */
  static String letters(SplittableRandom random, int count) {
    byte[] text = new byte[count];
    long bits = 0;
    for (int i = 0; i < count; i++) {
      if ((i & 15) == 0) {
        bits = random.nextLong();
      }
      text[i] = (byte) ('a' + (bits & 15));
      bits >>>= 4;
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
