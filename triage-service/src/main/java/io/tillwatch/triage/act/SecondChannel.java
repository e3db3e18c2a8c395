package io.tillwatch.triage.act;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows on the console what a target did not take, at once, and says it in the chat beside it: a
 * chat that hangs must not hold up the pages of a pager that fails.
 */
final class SecondChannel implements Notifier {

  private static final Logger LOG = LoggerFactory.getLogger(SecondChannel.class);

  /** Notices on their way to the chat; one more is on the console only. */
  static final int UNDER_WAY_MAX = 64;

  /** Longest time one notice is on its way, so that it gives up its room. */
  static final Duration UNDER_WAY = Duration.ofMinutes(10);

  /** Attempts that may fail; to be held back is none. */
  static final int TRIES = 5;

  private static final Duration WAIT_MIN = Duration.ofSeconds(2);
  private static final Duration WAIT_MAX = Duration.ofSeconds(30);

  private final Notifier console;
  private final Notifier chat;
  private final LongSupplier ticker;
  private final Duration waitMin;
  private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
  private final CountDownLatch closing = new CountDownLatch(1);

  SecondChannel(Notifier console, Notifier chat) {
    this(console, chat, System::nanoTime, WAIT_MIN);
  }

  SecondChannel(Notifier console, Notifier chat, LongSupplier ticker, Duration waitMin) {
    this.console = console;
    this.chat = chat;
    this.ticker = ticker;
    this.waitMin = waitMin;
  }

  @Override
  public Delivery deliver(Errand errand) {
    Delivery shown = console.deliver(errand);
    if (room.tryAcquire()) {
      Thread.ofVirtual().name("second-channel").start(() -> say(errand));
    } else {
      LOG.warn(
          "Too much to say in the chat, on the console only: {}", errand.action().getActionId());
    }
    return shown;
  }

  private void say(Errand errand) {
    try {
      long start = ticker.getAsLong();
      int failed = 0;
      while (failed < TRIES && ticker.getAsLong() - start < UNDER_WAY.toNanos()) {
        Delivery delivery = chat.deliver(errand);
        failed += delivery instanceof Delivery.Held ? 0 : 1;
        if (!(delivery instanceof Delivery.Retry || delivery instanceof Delivery.Held)
            || closing.await(wait(delivery).toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      LOG.warn("The chat was not told either: {}", errand.action().getActionId());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private Duration wait(Delivery delivery) {
    Duration asked =
        switch (delivery) {
          case Delivery.Retry retry -> retry.after();
          case Delivery.Held held -> held.after();
          default -> Duration.ZERO;
        };
    Duration least = asked.compareTo(waitMin) < 0 ? waitMin : asked;
    return least.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : least;
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
