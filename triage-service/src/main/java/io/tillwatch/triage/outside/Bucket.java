package io.tillwatch.triage.outside;

import java.time.Duration;

/**
 * A token bucket that says how long to wait instead of waiting, kept as the time at which it will
 * be full again (the generic cell rate algorithm). Time is a monotonic count of nanoseconds.
 * Thread-safe.
 */
public final class Bucket {

  private final long everyNanos;
  private final long toleranceNanos;
  private boolean used;
  private long fullAt;
  private boolean everPaused;
  private long pausedUntil;

  /** A full one. */
  public Bucket(Rate rate) {
    this.everyNanos = rate.every().toNanos();
    this.toleranceNanos = everyNanos * (rate.burst() - 1);
  }

  /** Takes a token: zero when there was one, otherwise the time until there is one. */
  public synchronized Duration take(long nowNanos) {
    long full = used && fullAt - nowNanos > 0 ? fullAt : nowNanos;
    long tooFar = full - toleranceNanos - nowNanos;
    if (tooFar > 0) {
      return Duration.ofNanos(tooFar);
    }
    used = true;
    fullAt = full + everyNanos;
    return Duration.ZERO;
  }

  /** How long the other side still wants to be left alone; zero when it does not. */
  synchronized Duration paused(long nowNanos) {
    long left = pausedUntil - nowNanos;
    return everPaused && left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }

  /** The other side said to wait: no token until then. */
  synchronized void pause(long nowNanos, Duration wait) {
    if (wait.compareTo(paused(nowNanos)) > 0) {
      everPaused = true;
      pausedUntil = nowNanos + wait.toNanos();
    }
    long until = nowNanos + wait.toNanos() + toleranceNanos;
    if (!used || until - fullAt > 0) {
      used = true;
      fullAt = until;
    }
  }
}
