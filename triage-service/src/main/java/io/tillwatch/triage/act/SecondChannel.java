package io.tillwatch.triage.act;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

  private static final int TRIES = 5;
  private static final Duration WAIT_MIN = Duration.ofSeconds(2);
  private static final Duration WAIT_MAX = Duration.ofSeconds(30);

  private final Notifier console;
  private final Notifier chat;
  private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
  private final CountDownLatch closing = new CountDownLatch(1);

  SecondChannel(Notifier console, Notifier chat) {
    this.console = console;
    this.chat = chat;
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
      for (int attempt = 1; attempt <= TRIES; attempt++) {
        Delivery delivery = chat.deliver(errand);
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

  private static Duration wait(Delivery delivery) {
    Duration asked =
        switch (delivery) {
          case Delivery.Retry retry -> retry.after();
          case Delivery.Held held -> held.after();
          default -> Duration.ZERO;
        };
    Duration least = asked.compareTo(WAIT_MIN) < 0 ? WAIT_MIN : asked;
    return least.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : least;
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
