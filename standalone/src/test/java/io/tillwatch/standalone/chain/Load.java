package io.tillwatch.standalone.chain;

import io.tillwatch.load.feed.Feed;
import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Simulated traffic with one outage; as it is, or made worse: repeated, held back for a while, held
 * back for too long, spoilt, and other events under an id that was used. Follows from its seed.
 */
final class Load {

  /** When traffic starts. */
  static final Instant START = Instant.parse("2025-03-03T06:00:00Z");

  /** What fails from {@link #OUTAGE_STARTS} until {@link #OUTAGE_ENDS}. */
  static final Slice OUTAGE = Slice.of(Map.of("psp", "northpay", "region", "eu-west"));

  static final Instant OUTAGE_STARTS = START.plus(Duration.ofMinutes(100));
  static final Instant OUTAGE_ENDS = START.plus(Duration.ofMinutes(115));

  private static final double EACH_SHARE = 0.004;
  private static final long HELD_MILLIS = Duration.ofMinutes(20).toMillis();
  private static final long HELD_TOO_LONG_MILLIS = Duration.ofMinutes(75).toMillis();

  private final World world;
  private final Traffic traffic;
  private final SplittableRandom random;
  private final Deque<Delivery> held = new ArrayDeque<>();
  private final Deque<Delivery> heldTooLong = new ArrayDeque<>();

  Load(long seed) {
    this.world = World.draw(seed, World.AUTHS_PER_MINUTE);
    this.traffic = new Traffic(world, List.of(outage()), START);
    this.random = new SplittableRandom(seed);
  }

  private static Disturbance outage() {
    return new Disturbance(
        DisturbanceType.PSP_PARTIAL_OUTAGE,
        OUTAGE,
        OUTAGE_STARTS.toEpochMilli(),
        OUTAGE_ENDS.toEpochMilli(),
        0.95);
  }

  /** The BIN table that its BINs are from. */
  List<BinRange> binRanges() {
    return world.binRanges();
  }

  /** Sends what is delivered before a moment, as it is. */
  void sendUntil(Feed feed, Instant end) {
    while (traffic.nextAtMillis() < end.toEpochMilli()) {
      feed.send(traffic.next());
    }
    feed.flush();
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
