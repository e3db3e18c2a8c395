package io.tillwatch.triage.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What of a log may have expired by the time it is looked at.
 *
 * @param kept how long an entry is kept at least; empty when none ever expires
 * @param now when the log is looked at
 * @param said whether somebody says that the beginning has expired; counts where nothing else tells
 */
public record Expiry(Optional<Duration> kept, Instant now, boolean said) {

  /** Of a log that has to hold every entry there ever was. */
  public static final Expiry NEVER = new Expiry(Optional.empty(), Instant.EPOCH, false);

  /** How far a head's time may be after that of its entry: in between it tells nothing. */
  static final Duration CLOSE = Duration.ofDays(1);

  /** Whether an entry of that time, or an earlier one, may be gone. */
  boolean mayBeGone(Instant latest) {
    return kept.isPresent() && !latest.isAfter(now.minus(kept.get()));
  }

  /** Whether an entry that was the last one at that time has to be there. */
  boolean hasToBeThere(Instant head) {
    return kept.isEmpty() || head.isAfter(now.minus(kept.get()).plus(CLOSE));
  }

  /** How long entries are kept, for people. */
  String words() {
    return kept.map(each -> "kept for %d d".formatted(each.toDays())).orElse("kept for ever");
  }
}
