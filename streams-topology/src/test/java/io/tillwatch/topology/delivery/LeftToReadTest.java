package io.tillwatch.topology.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: what a consumer believes of a partition counts only when it can know it. */
class LeftToReadTest {

  private static final String TOPIC = "payments.webhook";
  private static final TopicPartition QUIET = new TopicPartition(TOPIC, 0);
  private static final TopicPartition BUSY = new TopicPartition(TOPIC, 1);
  private static final TopicPartition OTHER = new TopicPartition("other", 0);
  private static final int RECORDS_MAX = 2;

  private long now;
  private boolean brokerIsAway;
  private final Backlog backlog = new Backlog(() -> now);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
          if (brokerIsAway) {
            throw new TimeoutException("no answer");
          }
          return super.endOffsets(partitions, timeout);
        }
      };

  private final LeftToRead left =
      new LeftToRead(consumer, Set.of(TOPIC), backlog, RECORDS_MAX, () -> now);

  @BeforeEach
  void readsBoth() {
    consumer.assign(List.of(QUIET, BUSY, OTHER));
    consumer.updateBeginningOffsets(Map.of(QUIET, 0L, BUSY, 0L, OTHER, 0L));
    consumer.updateEndOffsets(Map.of(QUIET, 0L, BUSY, 100L, OTHER, 5L));
  }

  @Test
  void aPollThatBroughtLessThanItMayHasSeenAllThereIs() {
    poll(1);
    assertThat(backlog.isDone(TOPIC, 0, -1)).isTrue();
    assertThat(backlog.isDone(TOPIC, 1, 1)).isFalse();
    assertThat(backlog.isDone("other", 0, 0)).as("not read by this").isTrue();
  }

  @Test
  void whatAFullPollSaysOfOthersIsOld() {
    poll(2);
    assertThat(backlog.isDone(TOPIC, 0, -1)).isFalse();
  }

  @Test
  void theBrokerKnows() {
    poll(2);
    now += LeftToRead.ASKED_EVERY.toNanos();
    poll(2);
    assertThat(backlog.isDone(TOPIC, 0, -1)).isTrue();

    now += LeftToRead.ASKED_EVERY.toNanos();
    brokerIsAway = true;
    poll(2);
    assertThat(backlog.isDone(TOPIC, 0, -1)).as("nobody knows").isFalse();
  }

  @Test
  void whatWasTakenAwaySinceIsNotAskedFor() {
    poll(2);
    now += LeftToRead.ASKED_EVERY.toNanos();
    consumer.unsubscribe();

    assertThatCode(left::beforePoll).doesNotThrowAnyException();
  }

  @Test
  void whoIsReadElsewhereIsForgotten() {
    poll(1);
    consumer.assign(List.of(BUSY));
    poll(0);
    assertThat(backlog.handedTo(TOPIC, 0)).isEqualTo(Backlog.NOTHING);
  }

  private void poll(int records) {
    long from = consumer.position(BUSY);
    for (long offset = from; offset < from + records; offset++) {
      consumer.addRecord(new ConsumerRecord<>(TOPIC, 1, offset, new byte[0], new byte[0]));
    }
    left.beforePoll();
    left.afterPoll(consumer.poll(Duration.ZERO));
  }
}
