package io.tillwatch.standalone.chain;

import io.tillwatch.load.feed.Feed;
import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.PaymentStep;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Simulated traffic, made worse: repeated, held back for a while, held back for too long, spoilt,
 * and other events under an id that was used. Follows from its seed.
 */
final class Load {

  private static final double EACH_SHARE = 0.004;
  private static final long HELD_MILLIS = Duration.ofMinutes(20).toMillis();
  private static final long HELD_TOO_LONG_MILLIS = Duration.ofMinutes(75).toMillis();

  private final Traffic traffic;
  private final SplittableRandom random;
  private final Deque<Delivery> held = new ArrayDeque<>();
  private final Deque<Delivery> heldTooLong = new ArrayDeque<>();

  Load(Traffic traffic, long seed) {
    this.traffic = traffic;
    this.random = new SplittableRandom(seed);
  }

  /** Sends so many deliveries, and what is made of them. */
  void send(Feed feed, int deliveries) {
    for (int i = 0; i < deliveries; i++) {
      Delivery delivery = traffic.next();
      release(feed, held, delivery.atMillis() - HELD_MILLIS);
      release(feed, heldTooLong, delivery.atMillis() - HELD_TOO_LONG_MILLIS);
      if (delivery.event() instanceof AuthEvent auth) {
        send(feed, delivery, auth);
      } else {
        feed.send(delivery);
      }
    }
  }

  private void send(Feed feed, Delivery delivery, AuthEvent auth) {
    switch ((int) (random.nextDouble() / EACH_SHARE)) {
      case 0 -> held.add(delivery);
      case 1 -> heldTooLong.add(delivery);
      case 2 -> {
        feed.send(delivery);
        feed.send(delivery);
      }
      case 3 -> {
        feed.send(delivery);
        feed.send(otherAmount(delivery, auth, auth.getStep().getEventId(), 1));
      }
      case 4 -> {
        feed.send(delivery);
        feed.send(otherAmount(delivery, auth, "spoilt-" + auth.getStep().getEventId(), -1));
      }
      default -> feed.send(delivery);
    }
  }

  private static Delivery otherAmount(Delivery of, AuthEvent auth, String id, long amountMinor) {
    PaymentStep step =
        PaymentStep.newBuilder(auth.getStep()).setEventId(id).setAmountMinor(amountMinor).build();
    return new Delivery(of.atMillis(), of.key(), new AuthEvent(step));
  }

  private static void release(Feed feed, Deque<Delivery> from, long sentBeforeMillis) {
    while (!from.isEmpty() && from.element().atMillis() < sentBeforeMillis) {
      feed.send(from.remove());
    }
  }
}
