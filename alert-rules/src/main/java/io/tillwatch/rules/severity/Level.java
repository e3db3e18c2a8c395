package io.tillwatch.rules.severity;

/** How much it hurts; {@link #SEV1} is worst. */
public enum Level {
  SEV1,
  SEV2,
  SEV3,
  SEV4;

  /** Whether this hurts at least as much as the other. */
  public boolean atLeast(Level other) {
    return compareTo(other) <= 0;
  }

  /** The milder of the two. */
  public Level noWorseThan(Level cap) {
    return compareTo(cap) < 0 ? cap : this;
  }

  /** The worse of the two. */
  public Level worse(Level other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
