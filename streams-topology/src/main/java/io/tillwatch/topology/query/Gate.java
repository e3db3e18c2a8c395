package io.tillwatch.topology.query;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many queries read the stores at once and makes the others wait briefly, so that queries
 * slow each other down and never the stream. Thread-safe.
 */
final class Gate {

  /** Queries that read at once; each holds at most {@link CellsQuery#LIMIT_MAX} cells (10 MB). */
  static final int INSIDE_MAX = 4;

  /** What a query waits for its turn before it is refused. */
  static final long WAIT_MILLIS_MAX = 2_000;

  private final Semaphore permits;
  private final long waitMillis;

  Gate() {
    this(INSIDE_MAX, WAIT_MILLIS_MAX);
  }

  Gate(int inside, long waitMillis) {
    this.permits = new Semaphore(inside, true);
    this.waitMillis = waitMillis;
  }

  <T> T pass(Supplier<T> query) {
    enter();
    try {
      return query.get();
    } finally {
      permits.release();
    }
  }

  private void enter() {
    try {
      if (permits.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Refusal(
        RefusalReason.BUSY,
        "too many queries at once",
        "the same query again in a second, or fewer of them");
  }
}
