package io.tillwatch.standalone.site;

import io.tillwatch.load.feed.Feed;
import io.tillwatch.load.feed.SimulatedClock;
import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Two hours of simulated traffic with one outage in it, told to a site piece by piece. */
final class Story {

  static final Instant OUTAGE = Instant.parse("2026-03-10T14:00:00Z");
  static final Instant OUTAGE_END = OUTAGE.plus(Duration.ofMinutes(10));
  static final Instant START = OUTAGE.minus(Duration.ofHours(2));

  private static final long SEED = 1;
  private static final double SPEED = 120;
  private static final double AUTHS_PER_MINUTE = 250;

  private final World world = World.draw(SEED, AUTHS_PER_MINUTE);
  private final Slice scope = Slice.TOTAL.with(Dimension.PSP, "northpay");
  private final Traffic traffic = traffic();
  private final SimulatedClock clock = new SimulatedClock(START, InstantSource.system());

  /** Stands where the story is; once it is told, runs on. */
  InstantSource clock() {
    return clock;
  }

  private Traffic traffic() {
    Disturbance outage =
        new Disturbance(
            DisturbanceType.PSP_OUTAGE,
            scope,
            OUTAGE.toEpochMilli(),
            OUTAGE_END.toEpochMilli(),
            0.9);
    return new Traffic(world, List.of(outage), START);
  }

  /** Goes on from where it was until a moment. */
  void tell(Site site, Instant until) {
    clock.advanceTo(until);
    send(site, traffic, until);
  }

  /** Lets the time after the story pass. */
  void end() {
    clock.run(SPEED);
  }

  /** The first minutes once more, every event as it was. */
  void repeat(Site site, Duration length) {
    send(site, traffic(), START.plus(length));
  }

  private static void send(Site site, Traffic from, Instant until) {
    try (Feed feed = Feed.to(site.connection(), site.topics())) {
      while (from.nextAtMillis() < until.toEpochMilli()) {
        Delivery next = from.next();
        feed.send(next);
      }
      feed.flush();
    }
  }

  /** Something that is no event. */
  static void nonsense(Site site) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(site.connection().clientProperties(), bytes, bytes)) {
      byte[] value = "no event".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(site.topics().auth().name(), value, value));
      producer.flush();
    }
  }
}
