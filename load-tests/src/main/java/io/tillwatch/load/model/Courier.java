package io.tillwatch.load.model;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is under way: events between when they happened and when they arrive. Most arrive at once, a
 * few late and out of order, a few twice with the same bytes.
 */
final class Courier {

  /** About 1 GB; reached only by rates that a single process cannot encode anyway. */
  static final int PENDING_MAX = 1_000_000;

  private static final double LAG_MILLIS = 180;
  private static final double LAG_SIGMA = 0.5;
  private static final double DELAYED_SHARE = 0.003;
  private static final double DELAY_MILLIS = 6_000;
  private static final double DELAY_SIGMA = 0.9;
  private static final double DELAY_MILLIS_MAX = 180_000;
  private static final double REPEATED_SHARE = 0.003;
  private static final int REPEAT_MILLIS_MAX = 60_000;

  private final Conditions conditions;
  private final PriorityQueue<Delivery> pending =
      new PriorityQueue<>(1024, Comparator.comparingLong(Delivery::atMillis));

  Courier(Conditions conditions) {
    this.conditions = conditions;
  }

  /** Sends what happened to a payment at that moment on its way. */
  void send(Payment payment, SpecificRecord event, long happenedMillis) {
    SplittableRandom random = payment.random;
    if (conditions.unseen(payment.attempt, happenedMillis, random)) {
      return;
    }
    double lag = Chance.logNormal(random, LAG_MILLIS, LAG_SIGMA);
    if (Chance.happens(random, DELAYED_SHARE)) {
      lag += Math.min(Chance.logNormal(random, DELAY_MILLIS, DELAY_SIGMA), DELAY_MILLIS_MAX);
    }
    long at = happenedMillis + (long) lag;
    add(new Delivery(at, payment.id, event));
    if (Chance.happens(random, REPEATED_SHARE)) {
      add(new Delivery(at + 1 + random.nextInt(REPEAT_MILLIS_MAX), payment.id, event));
    }
  }

  void add(Delivery delivery) {
    if (pending.size() >= PENDING_MAX) {
      throw new IllegalStateException(
          "%d events under way, expected at most %d: lower the rate"
              .formatted(pending.size() + 1, PENDING_MAX));
    }
    pending.add(delivery);
  }

  /** Whether the next arrival is before that moment. */
  boolean arrivesBefore(long millis) {
    Delivery next = pending.peek();
    return next != null && next.atMillis() < millis;
  }

  /** The next arrival; only after {@link #arrivesBefore} said that there is one. */
  Delivery take() {
    return pending.remove();
  }

  Delivery look() {
    return pending.element();
  }
}
