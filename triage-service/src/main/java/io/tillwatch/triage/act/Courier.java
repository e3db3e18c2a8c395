package io.tillwatch.triage.act;

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
  Delivery carry(Notifier notifier, Errand errand) {
    Future<Delivery> attempt = threads.submit(() -> notifier.deliver(errand));
    try {
      return attempt.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException hang) {
      attempt.cancel(true);
      return new Delivery.Retry(
          "no answer within %d ms".formatted(deadline.toMillis()), Duration.ZERO);
    } catch (ExecutionException bug) {
      return new Delivery.Retry("adapter failed: " + place(bug), Duration.ZERO);
    } catch (InterruptedException stop) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      return new Delivery.Retry("stopped while waiting for an answer", Duration.ZERO);
    }
  }

  /** What and where; not its message, which may hold what it choked on. */
  private static String place(ExecutionException bug) {
    Throwable cause = bug.getCause() == null ? bug : bug.getCause();
    StackTraceElement[] stack = cause.getStackTrace();
    return cause.getClass().getSimpleName() + (stack.length == 0 ? "" : " at " + stack[0]);
  }

  /** Interrupts what is still under way and does not wait for it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
