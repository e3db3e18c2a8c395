package io.tillwatch.topology.query;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How finely an answer is cut in time, and how long a range it may then cover. */
enum Step {
  MINUTE("1m", Duration.ofMinutes(1), Duration.ofDays(7)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5), Duration.ofDays(35)),
  HOUR("1h", Duration.ofHours(1), Duration.ofDays(400)),
  /** One cell per slice for the whole range. */
  ALL("all", Duration.ofDays(400), Duration.ofDays(400));

  private final String label;
  private final long millis;
  private final Duration rangeMax;

  Step(String label, Duration width, Duration rangeMax) {
    this.label = label;
    this.millis = width.toMillis();
    this.rangeMax = rangeMax;
  }

  static Step of(String label) {
    return Arrays.stream(values())
        .filter(step -> step.label.equals(label))
        .findFirst()
        .orElseThrow(() -> Refusal.badParameter("step", label, "one of " + labels()));
  }

  static String labels() {
    return Arrays.stream(values()).map(Step::label).collect(Collectors.joining(", "));
  }

  String label() {
    return label;
  }

  Duration rangeMax() {
    return rangeMax;
  }

  /**
   * Start of the step a minute belongs to. Steps start at whole multiples since the epoch; the one
   * that {@code from} cuts starts at {@code from}.
   */
  long startOf(long minuteMillis, long fromMillis) {
    return this == ALL ? fromMillis : Math.max(fromMillis, minuteMillis - minuteMillis % millis);
  }
}
