package io.tillwatch.triage.act;

import java.time.Duration;

/**
 * How hard the executor tries.
 *
 * @param deadline longest time one attempt may take
 * @param attempts tries before an action counts as failed; with {@code backOffMax} this bounds how
 *     long an outage of a target is sat out
 * @param backOff wait after the first failed attempt; doubles with each further one
 * @param backOffMax longest wait between attempts that the other side did not ask for
 * @param secondChannelAfter failed attempts after which the second channel is told, while the first
 *     is still being tried
 * @param pending actions of one target held in memory (about 2 KiB each); at the limit reading
 *     pauses, the rest waits in the topic
 */
public record ActSettings(
    Duration deadline,
    int attempts,
    Duration backOff,
    Duration backOffMax,
    int secondChannelAfter,
    int pending) {

  /** Longest wait granted to a Retry-After. */
  static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

  /** About an hour and a half of an unreachable target; the second channel hears after seconds. */
  public static final ActSettings DEFAULTS =
      new ActSettings(
          Duration.ofSeconds(10), 200, Duration.ofSeconds(1), Duration.ofSeconds(30), 3, 1_000);

  public ActSettings {
    positive("deadline", deadline);
    positive("backOff", backOff);
    if (backOffMax.compareTo(backOff) < 0) {
      throw new IllegalArgumentException(
          "backOffMax %s is shorter than backOff %s".formatted(backOffMax, backOff));
    }
    if (attempts < 1 || secondChannelAfter < 1 || pending < 1) {
      throw new IllegalArgumentException(
          "attempts %d, secondChannelAfter %d and pending %d must all be at least 1"
              .formatted(attempts, secondChannelAfter, pending));
    }
  }

  private static void positive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("%s %s must be positive".formatted(name, duration));
    }
  }
}
