package io.tillwatch.triage.outside;

import java.time.Duration;

/**
 * A circuit breaker that says how long to wait instead of waiting.
 *
 * <pre>
 *             {@link #FAILURES_MAX} failures in a row
 *   CLOSED ───────────────────────────────────▶ OPEN ◀──┐
 *      ▲                                          │      │ failure
 *      │ answer              {@link #OPEN} over   ▼      │
 *      └───────────────────────────────────── one probe ─┘
 * </pre>
 *
 * Time is a monotonic count of nanoseconds. Thread-safe.
 */
final class Breaker {

  /** So many requests in a row without an answer, and the other side is left alone. */
  static final int FAILURES_MAX = 5;

  /** How long; short, because a page may be waiting for it to end. */
  static final Duration OPEN = Duration.ofSeconds(10);

  private int failures;
  private long closedUntil;

  /** The time until a request may go out, zero when one may; takes no probe. */
  synchronized Duration left(long nowNanos) {
    return failures < FAILURES_MAX || closedUntil - nowNanos <= 0
        ? Duration.ZERO
        : Duration.ofNanos(closedUntil - nowNanos);
  }

  /** Zero when a request may go out, otherwise the time until one may. */
  synchronized Duration pass(long nowNanos) {
    if (failures < FAILURES_MAX) {
      return Duration.ZERO;
    }
    long left = closedUntil - nowNanos;
    if (left > 0) {
      return Duration.ofNanos(left);
    }
    closedUntil = nowNanos + OPEN.toNanos(); // this one probes, the others wait for what it finds
    return Duration.ZERO;
  }

  synchronized void answered() {
    failures = 0;
  }

  synchronized void failed(long nowNanos) {
    failures = Math.min(failures + 1, FAILURES_MAX);
    closedUntil = nowNanos + OPEN.toNanos();
  }
}
