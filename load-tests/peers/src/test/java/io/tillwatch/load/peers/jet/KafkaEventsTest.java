package io.tillwatch.load.peers.jet;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.jet.core.EventTimePolicy;
import com.hazelcast.jet.core.Watermark;
import com.hazelcast.jet.core.WatermarkPolicy;
import com.hazelcast.jet.core.test.TestInbox;
import com.hazelcast.jet.core.test.TestOutbox;
import com.hazelcast.jet.core.test.TestProcessorContext;
import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.peers.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Goal: a snapshot and what is emitted fit together. Method: two processors over four partitions of
 * a consumer in memory; the second life of one begins with the snapshots of both.
 */
class KafkaEventsTest {

  private static final String TOPIC = "events";
  private static final int PARTITIONS = 4;
  private static final int EVENTS_EACH = 5;
  private static final int OUTBOX = 1_000;

  /** A partition's events are told by their PSP, their order by their time. */
  private static MockConsumer<byte[], byte[]> topic() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Map<TopicPartition, Long> begin = new HashMap<>();
    Map<TopicPartition, Long> end = new HashMap<>();
    for (int p = 0; p < PARTITIONS; p++) {
      begin.put(new TopicPartition(TOPIC, p), 0L);
      end.put(new TopicPartition(TOPIC, p), (long) EVENTS_EACH);
    }
    consumer.updateBeginningOffsets(begin);
    consumer.updateEndOffsets(end);
    return consumer;
  }

  private static void fill(MockConsumer<byte[], byte[]> consumer, long from, long to) {
    for (TopicPartition partition : consumer.assignment()) {
      for (long offset = from; offset < to; offset++) {
        byte[] frame =
            Events.frame(
                Events.MINUTE + offset, "psp-" + partition.partition(), "41111111", "eu-west");
        consumer.addRecord(
            new ConsumerRecord<>(TOPIC, partition.partition(), offset, new byte[0], frame));
      }
    }
  }

  /** One of the two processors with its consumer and what it emits. */
  private static final class Reader {
    private final MockConsumer<byte[], byte[]> consumer = topic();
    private final TestOutbox outbox = new TestOutbox(new int[] {OUTBOX}, OUTBOX);
    private final KafkaEvents processor;

    Reader(int index) throws Exception {
      EventTimePolicy<AuthFields> policy =
          EventTimePolicy.eventTimePolicy(
              event -> event.eventTimeMillis,
              (event, time) -> event,
              WatermarkPolicy.limitingLag(0),
              1,
              0,
              EventTimePolicy.DEFAULT_IDLE_TIMEOUT);
      processor = new KafkaEvents(() -> consumer, TOPIC, PARTITIONS, policy);
      processor.init(
          outbox,
          new TestProcessorContext()
              .setGlobalProcessorIndex(index)
              .setLocalProcessorIndex(index)
              .setTotalParallelism(2)
              .setLocalParallelism(2));
    }

    List<String> emitted() {
      List<Object> items = new ArrayList<>();
      outbox.drainQueueAndReset(0, items, false);
      return items.stream()
          .filter(item -> !(item instanceof Watermark))
          .map(AuthFields.class::cast)
          .map(e -> new String(e.frame, e.pspFrom, e.pspLength) + "@" + (e.eventTimeMillis % 10))
          .toList();
    }

    List<Map.Entry<Object, Object>> snapshot() {
      List<Map.Entry<Object, Object>> saved = new ArrayList<>();
      assertThat(processor.saveToSnapshot()).isTrue();
      outbox.drainSnapshotQueueAndReset(saved, false);
      return saved;
    }
  }

  @Test
  void partitionsAreDealtOutAndReadToTheEnd() throws Exception {
    Reader second = new Reader(1);
    fill(second.consumer, 0, EVENTS_EACH);
    assertThat(second.processor.complete()).isFalse();
    assertThat(second.emitted())
        .hasSize(2 * EVENTS_EACH)
        .contains("psp-1@0", "psp-1@4", "psp-3@0", "psp-3@4");
    assertThat(second.processor.complete()).isTrue();
  }

  @Test
  void aRestoredProcessorGoesOnWhereTheSnapshotWas() throws Exception {
    Reader first = new Reader(0);
    Reader second = new Reader(1);
    fill(first.consumer, 0, 2);
    fill(second.consumer, 0, 3);
    first.processor.complete();
    second.processor.complete();
    TestInbox saved = new TestInbox();
    saved.queue().addAll(first.snapshot());
    saved.queue().addAll(second.snapshot());
    Reader again = new Reader(0);
    again.processor.restoreFromSnapshot(saved);
    assertThat(again.consumer.position(new TopicPartition(TOPIC, 0))).isEqualTo(2);
    fill(again.consumer, 2, EVENTS_EACH);
    again.processor.complete();
    assertThat(again.emitted())
        .containsExactlyInAnyOrder(
            "psp-0@2", "psp-0@3", "psp-0@4", "psp-2@2", "psp-2@3", "psp-2@4");
    assertThat(again.processor.complete()).isTrue();
  }
}
