package io.tillwatch.topology.query;

import io.tillwatch.topology.cube.Rung;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How finely an answer is cut in time, and how long a range it may then cover. */
enum Step {
  MINUTE("1m", Duration.ofMinutes(1), Duration.ofDays(7)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5), Duration.ofDays(35)),
  HOUR("1h", Duration.ofHours(1), Duration.ofDays(400)),
  DAY("1d", Duration.ofDays(1), Duration.ofDays(4_000)),
  /** One cell per slice for the whole range. */
  ALL("all", Duration.ofDays(4_000), Duration.ofDays(4_000));

  private final String label;
  private final Duration width;
  private final long millis;
  private final Duration rangeMax;

  Step(String label, Duration width, Duration rangeMax) {
    this.label = label;
    this.width = width;
    this.millis = width.toMillis();
    this.rangeMax = rangeMax;
  }

  static Step of(String label) {
    return Arrays.stream(values())
        .filter(step -> step.label.equals(label))
        .findFirst()
        .orElseThrow(() -> Refusal.badParameter("step", label, "one of " + labels()));
  }

  /** The step as wide as a rung's cells. */
  static Step of(Rung rung) {
    return switch (rung) {
      case MINUTE -> MINUTE;
      case HOUR -> HOUR;
      case DAY -> DAY;
    };
  }

  /** Whether cells of a rung can be told apart by it. */
  boolean takes(Rung rung) {
    return rung.span().compareTo(width) <= 0;
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
   * Start of the step a cell belongs to. Steps start at whole multiples since the epoch; the one
   * that {@code from} cuts starts at {@code from}.
   */
  long startOf(long startMillis, long fromMillis) {
    return this == ALL ? fromMillis : Math.max(fromMillis, startMillis - startMillis % millis);
  }
}
