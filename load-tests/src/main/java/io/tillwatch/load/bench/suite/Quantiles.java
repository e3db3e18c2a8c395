package io.tillwatch.load.bench.suite;

import java.util.Arrays;
import java.util.Map;

/** Durations in milliseconds of which quantiles are wanted. Not thread-safe. */
final class Quantiles {

  private double[] values = new double[1_024];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** The value below which this share lies; negative when there is none. */
  double at(double share) {
    if (size == 0) {
      return -1;
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(size - 1, Math.floor(share * size))];
  }

  /** Puts number, median, p99 and most under names that begin so. */
  void putTo(Map<String, Object> figures, String name) {
    figures.put(name + "Count", size);
    figures.put(name + "P50Millis", at(.5));
    figures.put(name + "P99Millis", at(.99));
    figures.put(name + "MaxMillis", at(1));
  }
}
