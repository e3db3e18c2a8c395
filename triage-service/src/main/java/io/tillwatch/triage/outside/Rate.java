package io.tillwatch.triage.outside;

import java.time.Duration;

/**
 * How many requests the other side takes.
 *
 * @param burst how many at once after a pause
 * @param every time after which one more fits
 */
public record Rate(int burst, Duration every) {

  public Rate {
    if (burst < 1 || !every.isPositive()) {
      throw new IllegalArgumentException(
          "burst %d every %s, expected at least 1 and a positive time".formatted(burst, every));
    }
  }

  /** So many per minute, so many of them at once. */
  public static Rate perMinute(int requests, int burst) {
    return new Rate(burst, Duration.ofMinutes(1).dividedBy(requests));
  }
}
