package io.tillwatch.load.bench.recount;

/**
 * The buckets of a latency sketch with a relative error of 1 %: bucket {@code i} holds what lies in
 * {@code (g^(i-1), g^i]} milliseconds with {@code g = 1.01 / 0.99}.
 */
public final class LatencyBuckets {

  /** Bucket of zero; 1 ms lies in bucket 0. */
  public static final int ZERO = -1;

  private static final double LOG_GAMMA = Math.log((1 + 0.01) / (1 - 0.01));
  private static final short[] SMALL = small();

  private LatencyBuckets() {}

  /** Bucket of a latency. */
  public static int of(int latencyMillis) {
    return latencyMillis < SMALL.length ? SMALL[latencyMillis] : compute(latencyMillis);
  }

  private static int compute(int latencyMillis) {
    return (int) Math.ceil(Math.log(latencyMillis) / LOG_GAMMA);
  }

  private static short[] small() {
    short[] table = new short[8_192];
    table[0] = ZERO;
    for (int millis = 1; millis < table.length; millis++) {
      table[millis] = (short) compute(millis);
    }
    return table;
  }
}
