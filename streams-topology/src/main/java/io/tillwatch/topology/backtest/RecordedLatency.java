package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.LatencySketch;
import io.tillwatch.topology.detect.LeafFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Latency of a recorded minute: {@code latency.csv} has how many were measured and their p50 and
 * p90, by some of the dimensions.
 *
 * <p>A watch wants durations. They are taken to be log-normal and spread evenly over its shares:
 * what the recording does not tell is smooth. Two quantiles of a few durations say little about
 * their spread (p90 is often below p50), so the spread is the cell's mean so far, and both tell
 * where the distribution lies, each as much as it knows.
 */
final class RecordedLatency extends SideRows {

  static final String FILE = "latency";
  static final List<String> COLUMNS = List.of("n", "p50_ms", "p90_ms");

  /** Standard deviations between the median and p90. */
  private static final double P90 = 1.2815515655446004;

  /** Spread of latencies where nothing is known yet, and how many durations that weighs. */
  private static final double SIGMA_START = .5;

  private static final double SIGMA_START_WEIGHT = 200;
  private static final double SIGMA_MIN = .05;

  /** Durations that the mean of the spread looks back over. */
  private static final double SIGMA_WEIGHT_MAX = 50_000;

  /** What the median says of the middle, the rest is what p90 says: by their variances. */
  private static final double MEDIAN_SHARE = .65;

  /** More durations than these are told as so many. */
  private static final int QUANTILES_MAX = 400;

  /** Standard normal quantiles of {@code (i + .5) / n}, by n. */
  private final double[][] normal = new double[QUANTILES_MAX + 1][];

  private final Map<Slice, Spread> spreads = new HashMap<>();

  /** The mean distance between median and p90 of a cell, in standard deviations of a normal. */
  private static final class Spread {
    private double sigma = SIGMA_START;
    private double weight = SIGMA_START_WEIGHT;

    void add(double observed, long count) {
      weight = Math.min(weight + count, SIGMA_WEIGHT_MAX);
      sigma = Math.max(SIGMA_MIN, sigma + (observed - sigma) * count / weight);
    }
  }

  /** Takes a row; the spread of its cell is learned from it. */
  @Override
  void add(Slice slice, double[] row) {
    super.add(slice, row);
    if (isMeasured(row)) {
      double observed = (logOf(row[2]) - logOf(row[1])) / P90;
      spreads.computeIfAbsent(slice, added -> new Spread()).add(observed, (long) row[0]);
    }
  }

  private static boolean isMeasured(double[] row) {
    return row[0] >= 1 && row[1] > 0;
  }

  private static double logOf(double millis) {
    return Math.log(Math.max(1, millis));
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    double[] values = values(row);
    Spread spread = spreads.get(slice(row));
    if (!isMeasured(values) || spread == null) {
      return;
    }
    long count = (long) values[0];
    double median = logOf(values[1]);
    double p90 = logOf(values[2]);
    double sigma = spread.sigma;
    double middle = MEDIAN_SHARE * median + (1 - MEDIAN_SHARE) * (p90 - P90 * sigma);
    int quantiles = (int) Math.min(count, QUANTILES_MAX);
    int bucket = Integer.MIN_VALUE;
    long inBucket = 0;
    for (int i = 0; i < quantiles; i++) {
      long share = count * (i + 1) / quantiles - count * i / quantiles;
      int next =
          LatencySketch.bucketOf(Math.round(Math.exp(middle + sigma * normal(quantiles, i))));
      if (next != bucket && inBucket > 0) {
        facts.latency(bucket, inBucket);
        inBucket = 0;
      }
      bucket = next;
      inBucket += share;
    }
    facts.latency(bucket, inBucket);
  }

  private double normal(int quantiles, int i) {
    if (normal[quantiles] == null) {
      normal[quantiles] = new double[quantiles];
      for (int j = 0; j < quantiles; j++) {
        normal[quantiles][j] = normalQuantile((j + .5) / quantiles);
      }
    }
    return normal[quantiles][i];
  }

  /** By bisection of the distribution function: needed once for each count. */
  private static double normalQuantile(double share) {
    double low = -8;
    double high = 8;
    for (int step = 0; step < 60; step++) {
      double middle = (low + high) / 2;
      if (normalShare(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Distribution function of the normal, within 1e-7 (Abramowitz and Stegun, 26.2.17). */
  private static double normalShare(double z) {
    double t = 1 / (1 + .2316419 * Math.abs(z));
    double tail =
        Math.exp(-z * z / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (.319381530
                + t * (-.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z < 0 ? tail : 1 - tail;
  }
}
