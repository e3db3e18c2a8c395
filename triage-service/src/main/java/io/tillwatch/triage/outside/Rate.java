package io.tillwatch.triage.outside;

import java.time.Duration;

/**
 * How many requests the other side takes.
 *
 * @param burst how many at once after a pause
 * @param every time after which one more fits
 */
public record Rate(int burst, Duration every) {

  /** The share of a minute's requests that may go out at once is one in so many. */
  private static final int BURST_SHARE = 5;

  public Rate {
    if (burst < 1 || !every.isPositive()) {
      throw new IllegalArgumentException(
          "burst %d every %s, expected at least 1 and a positive time".formatted(burst, every));
    }
  }

  /** Never more than so many in any minute: a few of them at once, the others spread over it. */
  public static Rate within(int perMinute) {
    int burst = Math.max(1, perMinute / BURST_SHARE);
    return perMinute(Math.max(1, perMinute - burst), burst);
  }

  /** So many per minute, so many of them at once. */
  public static Rate perMinute(int requests, int burst) {
    return new Rate(burst, Duration.ofMinutes(1).dividedBy(requests));
  }
}
