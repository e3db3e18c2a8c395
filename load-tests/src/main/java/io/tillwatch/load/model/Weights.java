package io.tillwatch.load.model;

import java.util.SplittableRandom;

/** A discrete distribution over indexes. */
public final class Weights {

  private final double[] shares;
  private final double[] cumulative;

  private Weights(double[] shares, double[] cumulative) {
    this.shares = shares;
    this.cumulative = cumulative;
  }

  /** The distribution in proportion to these weights, none negative, not all zero. */
  public static Weights of(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] shares = new double[weights.length];
    double[] cumulative = new double[weights.length];
    double running = 0;
    for (int i = 0; i < weights.length; i++) {
      shares[i] = weights[i] / sum;
      running += shares[i];
      cumulative[i] = running;
    }
    cumulative[weights.length - 1] = 1;
    return new Weights(shares, cumulative);
  }

  /** Zipf's law: the share of rank k is in proportion to 1 / k^exponent. */
  static Weights zipf(int size, double exponent) {
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i] = 1 / StrictMath.pow(i + 1, exponent);
    }
    return of(weights);
  }

  public double share(int index) {
    return shares[index];
  }

  public int draw(SplittableRandom random) {
    double point = random.nextDouble();
    int index = 0;
    while (cumulative[index] <= point) {
      index++;
    }
    return index;
  }
}
