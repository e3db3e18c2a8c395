package io.tillwatch.standalone.site;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C or SIGTERM as a latch that work waits on. The process ends once this is closed, which is
 * when the work has cleaned up, or after a while without it.
 *
 * <p>A JVM that a signal ends exits with the signal's number. Work that was asked to stop, and did,
 * has not failed: it ends with its own exit code, given to {@link #exit}.
 */
public final class StopSignal implements AutoCloseable {

  /** Kafka Streams and the broker need some seconds to close cleanly. */
  private static final Duration CLEAN_UP_MAX = Duration.ofSeconds(45);

  /** From the end of the clean-up until the exit code is known. */
  private static final Duration EXIT_MAX = Duration.ofSeconds(5);

  private static final CompletableFuture<Integer> EXIT_CODE = new CompletableFuture<>();

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch cleanedUp = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "stop-signal");

  private StopSignal() {}

  /** Listens for the signal from now on. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Ends the process with this code, also when a signal is about to end it. */
  public static void exit(int code) {
    EXIT_CODE.complete(code);
    System.exit(code);
  }

  /** Released by the signal. */
  public CountDownLatch latch() {
    return stop;
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      if (cleanedUp.await(CLEAN_UP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(EXIT_CODE.get(EXIT_MAX.toMillis(), TimeUnit.MILLISECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException unknown) {
      // Whoever embeds the commands ends the process as it likes.
      return;
    }
  }

  @Override
  public void close() {
    cleanedUp.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalled) {
      // The hook is running: it finds the work cleaned up, and ends.
      return;
    }
  }
}
