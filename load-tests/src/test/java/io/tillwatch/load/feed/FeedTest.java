package io.tillwatch.load.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FeedTest {

  private static final Instant FROM = Instant.parse("2026-11-18T15:00:00Z");
  private static final Instant UNTIL = FROM.plus(Duration.ofMinutes(5));
  private static final World WORLD = World.draw(3, 300);

  private final Topics topics = Topics.with(EmbeddedSchemaIds.load(), 4);
  private final MockProducer<byte[], byte[]> producer = producer(true);
  private final Feed feed = new Feed(producer, topics);

  private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
    return new MockProducer<>(
        acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static SimulatedClock standing() {
    return new SimulatedClock(FROM, () -> Instant.parse("2026-11-20T10:00:00Z"));
  }

  private static Traffic traffic() {
    return new Traffic(WORLD, List.of(), FROM);
  }

  @Test
  void historyGoesToTheTopicsOfItsEventsByPaymentIdInOrder() {
    List<Progress> seen = new ArrayList<>();
    long events = feed.backfill(traffic(), standing(), UNTIL, seen::add);
    assertThat(producer.history()).hasSize((int) events);
    assertThat(feed.acknowledged()).isEqualTo(events);
    Traffic expected = traffic();
    for (ProducerRecord<byte[], byte[]> sent : producer.history()) {
      var delivery = expected.next();
      assertThat(sent.timestamp()).as("stamped by the producer, in real time").isNull();
      assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo(delivery.key());
      if (delivery.event() instanceof AuthEvent auth) {
        assertThat(sent.topic()).isEqualTo(topics.auth().name());
        assertThat(topics.auth().valueSerde().deserializer().deserialize("", sent.value()))
            .isEqualTo(auth);
      }
    }
    assertThat(seen.getLast()).isEqualTo(new Progress(events, UNTIL, 1));
    assertThat(seen).extracting(Progress::share).isSorted().allMatch(s -> s >= 0 && s <= 1);
  }

  @Test
  void theClockGoesAlongWithHistoryNeverBehindItAndNeverPastItsEnd() {
    SimulatedClock clock = standing();
    Instant until = FROM.plus(Duration.ofHours(2));
    List<Duration> leads = new ArrayList<>();
    feed.backfill(
        traffic(), clock, until, at -> leads.add(Duration.between(at.at(), clock.instant())));
    assertThat(leads.getLast()).isZero();
    assertThat(leads.subList(0, leads.size() - 1))
        .isNotEmpty()
        .allMatch(lead -> !lead.isNegative() && lead.compareTo(Duration.ofMinutes(10)) <= 0);
    assertThat(leads.getFirst()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aFeedThatIsStoppedSendsNoMoreAndCanStillBeFlushed() {
    SimulatedClock clock = standing();
    feed.send(traffic().next(), clock);
    feed.stop();
    assertThat(feed.backfill(traffic(), clock, UNTIL, progress -> {})).isZero();
    assertThat(feed.live(traffic(), clock)).isZero();
    feed.flush();
    assertThat(feed.acknowledged()).isEqualTo(1);
  }

  @Test
  void binRangesAreKeyedByTheirStart() {
    feed.publishBinRanges(WORLD.binRanges(), FROM);
    assertThat(producer.history())
        .hasSize(40)
        .allMatch(sent -> sent.topic().equals(topics.binRanges().name()))
        .extracting(sent -> new String(sent.key(), StandardCharsets.UTF_8))
        .containsExactlyElementsOf(WORLD.binRanges().stream().map(r -> r.getStart()).toList());
  }

  @Test
  void liveTrafficFallsDueByTheClock() {
    Instant[] real = {Instant.parse("2026-11-20T10:00:00Z")};
    // Every look at the real clock takes half a second: no test waits for time to pass.
    SimulatedClock clock = new SimulatedClock(FROM, () -> real[0] = real[0].plusMillis(500));
    clock.run(1_000);
    long events = feed.live(traffic(), clock, UNTIL);
    assertThat(producer.history()).hasSize((int) events).isNotEmpty();
    assertThat(clock.instant()).isAfter(UNTIL.minusSeconds(60));
  }

  @Test
  void aClosedFeedSendsNoMore() {
    feed.close();
    assertThat(feed.backfill(traffic(), standing(), UNTIL, progress -> {})).isZero();
  }

  @Test
  void aRecordThatTheClusterRefusesStopsTheFeed() {
    MockProducer<byte[], byte[]> refusing = producer(false);
    Feed unlucky = new Feed(refusing, topics);
    unlucky.send(traffic().next());
    refusing.errorNext(new RecordTooLargeException("too large"));
    assertThatThrownBy(unlucky::flush)
        .hasMessageContaining("the cluster refused a record: too large");
    assertThat(unlucky.acknowledged()).isZero();
  }
}
