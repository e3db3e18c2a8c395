package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands one action to a notifier and is back within the deadline, whatever the notifier does.
 *
 * <p>Each attempt runs on its own virtual thread; one that ignores its interrupt is left behind and
 * ends with its connection.
 */
final class Courier implements AutoCloseable {

  private final Duration deadline;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Courier(Duration deadline) {
    this.deadline = deadline;
  }

  /** One attempt; a hang and a bug of the adapter are worth a retry like any other failure. */
  Delivery carry(Notifier notifier, Action action) {
    Future<Delivery> attempt = threads.submit(() -> notifier.deliver(action));
    try {
      return attempt.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException hang) {
      attempt.cancel(true);
      return new Delivery.Retry(
          "no answer within %d ms".formatted(deadline.toMillis()), Duration.ZERO);
    } catch (ExecutionException bug) {
      return new Delivery.Retry("adapter failed: " + bug.getCause(), Duration.ZERO);
    } catch (InterruptedException stop) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      return new Delivery.Retry("stopped while waiting for an answer", Duration.ZERO);
    }
  }

  /** Interrupts what is still under way and does not wait for it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
