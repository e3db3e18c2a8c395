package io.tillwatch.topology.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Finds out what is left to read, and tells the backlog.
 *
 * <p>What a consumer knows of a partition is as old as the last answer that it has looked at. A
 * poll that brought fewer records than it may has looked at all of them, and its word is good. A
 * full one has not: on a busy machine news of one partition waits for seconds behind the records of
 * others. Then the broker is asked. Used by the thread that polls.
 */
final class LeftToRead {

  static final Duration ASKED_EVERY = Duration.ofSeconds(1);
  private static final Duration ANSWERED_WITHIN = Duration.ofMillis(200);

  private final Consumer<?, ?> consumer;
  private final Set<String> topics;
  private final Backlog backlog;
  private final int recordsMax;
  private final LongSupplier nanos;

  /** Assigned after the last poll. */
  private Set<TopicPartition> assigned = Set.of();

  private boolean wasFull;
  private long askedNanos;

  /**
   * What is left of these topics.
   *
   * @param recordsMax how many records make a poll of this consumer full
   */
  LeftToRead(Consumer<?, ?> consumer, Set<String> topics, Backlog backlog, int recordsMax) {
    this(consumer, topics, backlog, recordsMax, System::nanoTime);
  }

  /** One with this clock: only differences count. */
  LeftToRead(
      Consumer<?, ?> consumer,
      Set<String> topics,
      Backlog backlog,
      int recordsMax,
      LongSupplier nanos) {
    this.consumer = consumer;
    this.topics = topics;
    this.backlog = backlog;
    this.recordsMax = recordsMax;
    this.nanos = nanos;
    this.askedNanos = nanos.getAsLong();
  }

  /** To be called with no records in hand, which an exception could lose. */
  void beforePoll() {
    if (wasFull && nanos.getAsLong() - askedNanos >= ASKED_EVERY.toNanos()) {
      askBroker();
      askedNanos = nanos.getAsLong(); // after the answer: whoever waits for it has worked nothing
    }
    wasFull = false; // until the poll that comes now says otherwise; it may not return
  }

  /** What a poll has brought. */
  <K, V> void afterPoll(ConsumerRecords<K, V> records) {
    wasFull = records.count() >= recordsMax;
    noteAssignment();
    for (TopicPartition partition : assigned) {
      List<ConsumerRecord<K, V>> handed = records.records(partition);
      if (!handed.isEmpty()) {
        backlog.handedOver(partition, handed.getLast().offset() + 1);
      }
      boolean hasMore = seemsToHaveMore(partition);
      if (!wasFull) {
        backlog.hasMore(partition, hasMore);
      } else if (hasMore) {
        backlog.waitsBehindOthers(partition);
      }
    }
  }

  private void noteAssignment() {
    Set<TopicPartition> now = consumer.assignment();
    if (now.equals(assigned)) {
      return;
    }
    Set<TopicPartition> before = assigned;
    assigned = Set.copyOf(now.stream().filter(p -> topics.contains(p.topic())).toList());
    assigned.stream().filter(p -> !before.contains(p)).forEach(p -> backlog.begins(p, this));
    before.stream().filter(p -> !assigned.contains(p)).forEach(p -> backlog.ends(p, this));
  }

  private boolean seemsToHaveMore(TopicPartition partition) {
    return consumer.currentLag(partition).orElse(1) > 0;
  }

  /** The partitions may have been taken away since the last poll: asking for those is an error. */
  private void askBroker() {
    Set<TopicPartition> now = consumer.assignment();
    List<TopicPartition> read =
        assigned.stream().filter(p -> now.contains(p) && !seemsToHaveMore(p)).toList();
    if (read.isEmpty()) {
      return;
    }
    try {
      consumer
          .endOffsets(read, ANSWERED_WITHIN)
          .forEach((partition, end) -> {
            if (end > consumer.position(partition)) {
              backlog.waitsBehindOthers(partition);
            } else {
              backlog.hasMore(partition, false);
            }
          });
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      read.forEach(backlog::waitsBehindOthers); // nobody knows; the poll will say what is wrong
    }
  }
}
