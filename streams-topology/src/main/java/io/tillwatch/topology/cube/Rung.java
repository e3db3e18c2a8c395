package io.tillwatch.topology.cube;

import java.time.Duration;

/** How finely cells are kept in time: finer ones for a short while, coarser ones for long. */
public enum Rung {
  /** What everything is counted into. */
  MINUTE("1m", Duration.ofMinutes(1), "cube-cells"),
  /** Of whole hours, UTC. */
  HOUR("1h", Duration.ofHours(1), "cube-hours"),
  /** Of whole days, UTC. */
  DAY("1d", Duration.ofDays(1), "cube-days");

  private final String label;
  private final Duration span;
  private final String store;

  Rung(String label, Duration span, String store) {
    this.label = label;
    this.span = span;
    this.store = store;
  }

  /** As queries and answers write it. */
  public String label() {
    return label;
  }

  /** Time that one cell covers. */
  public Duration span() {
    return span;
  }

  /** Name of its store. */
  String store() {
    return store;
  }

  /** Start of the span that a moment is in. */
  public long floor(long millis) {
    return millis - Math.floorMod(millis, span.toMillis());
  }

  /** The first start of a span that is not before a moment. */
  public long ceil(long millis) {
    return floor(millis + span.toMillis() - 1);
  }
}
