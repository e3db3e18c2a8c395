package io.tillwatch.standalone.site;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM as a latch that work waits on. The process ends once this is closed, which is
 * when the work has cleaned up, or after a while without it.
 */
public final class StopSignal implements AutoCloseable {

  /** Kafka Streams and the broker need some seconds to close cleanly. */
  private static final Duration CLEAN_UP_MAX = Duration.ofSeconds(45);

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

  /** Released by the signal. */
  public CountDownLatch latch() {
    return stop;
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      cleanedUp.await(CLEAN_UP_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    cleanedUp.countDown();
    if (stop.getCount() > 0) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
