package io.tillwatch.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, but not forever: beyond the budget the client shuts down, so
 * that whoever watches the process sees it.
 *
 * <p>After a kill, Kafka Streams 4.3.1 may close a store under a running thread (KAFKA-20808);
 * counts stay right and a new thread goes on.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

  static final int REPLACED_MAX = 5;
  static final Duration PERIOD = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

  private final LongSupplier nanos;
  private final Deque<Long> replacedAt = new ArrayDeque<>();

  /**
   * @param nanos a clock that never goes back, in nanoseconds
   */
  ThreadReplacement(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
    long now = nanos.getAsLong();
    while (!replacedAt.isEmpty() && now - replacedAt.getFirst() > PERIOD.toNanos()) {
      replacedAt.removeFirst();
    }
    if (replacedAt.size() >= REPLACED_MAX) {
      LOG.error(
          "A stream thread died after {} others within {}: shutting down",
          REPLACED_MAX,
          PERIOD,
          exception);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    replacedAt.addLast(now);
    LOG.warn("A stream thread died and is replaced ({})", replacedAt.size(), exception);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
