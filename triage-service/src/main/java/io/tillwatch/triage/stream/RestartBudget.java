package io.tillwatch.triage.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How many stream threads may be replaced before the process gives up: some failures heal with a
 * new thread (KAFKA-20808), the others would turn in circles. Thread-safe.
 */
final class RestartBudget {

  private final int restarts;
  private final Duration within;
  private final LongSupplier ticker;
  private final Deque<Long> spent = new ArrayDeque<>();

  /** A budget over a sliding window; the ticker counts nanoseconds. */
  RestartBudget(int restarts, Duration within, LongSupplier ticker) {
    this.restarts = restarts;
    this.within = within;
    this.ticker = ticker;
  }

  /** Takes one restart, if there is one left. */
  synchronized boolean take() {
    long now = ticker.getAsLong();
    while (!spent.isEmpty() && now - spent.peekFirst() > within.toNanos()) {
      spent.removeFirst();
    }
    if (spent.size() >= restarts) {
      return false;
    }
    spent.addLast(now);
    return true;
  }
}
