package io.tillwatch.load.model;

import io.tillwatch.schemas.slice.Slice;

/**
 * Something that happens to a slice of traffic for a while.
 *
 * @param startMillis first moment, epoch milliseconds UTC
 * @param endMillis first moment after it
 * @param strength what it means depends on the type
 */
public record Disturbance(
    DisturbanceType type, Slice slice, long startMillis, long endMillis, double strength) {

  public Disturbance {
    if (endMillis <= startMillis) {
      throw new IllegalArgumentException(
          "%s ends at %d, expected after its start %d"
              .formatted(type.label(), endMillis, startMillis));
    }
    DisturbanceType.Strength unit = type.strength();
    if (!(strength >= unit.least() && strength <= unit.most())) {
      throw new IllegalArgumentException(
          "%s has strength %s, expected from %s to %s"
              .formatted(type.label(), strength, unit.least(), unit.most()));
    }
  }

  boolean isActive(long millis) {
    return startMillis <= millis && millis < endMillis;
  }

  /** How much of it is over, 0 to 1. */
  double progress(long millis) {
    return (double) (millis - startMillis) / (endMillis - startMillis);
  }
}
