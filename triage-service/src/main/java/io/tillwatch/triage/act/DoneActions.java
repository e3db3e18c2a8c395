package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.ActionResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ids of actions whose result is on record: what must not be done again.
 *
 * <p>Bounded to the latest {@link #LIMIT} (about 10 MiB): far more than an executor can have read
 * without committing, and only those are ever asked for. Not thread-safe.
 */
final class DoneActions {

  static final int LIMIT = 100_000;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final Map<String, Boolean> ids =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > LIMIT;
        }
      };

  /**
   * Reads the results topic from its beginning to what is committed now.
   *
   * @throws TimeoutException when the end does not come nearer for 30 s
   */
  static DoneActions load(Consumer<String, ActionResult> results, String topic) {
    DoneActions done = new DoneActions();
    List<TopicPartition> partitions =
        results.partitionsFor(topic).stream().map(DoneActions::partition).toList();
    results.assign(partitions);
    results.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = results.endOffsets(partitions);
    long silentSince = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(end -> results.position(end.getKey()) < end.getValue())) {
      int before = done.ids.size();
      done.read(results);
      if (done.ids.size() != before) {
        silentSince = System.nanoTime();
      } else if (System.nanoTime() - silentSince > SILENCE_MAX.toNanos()) {
        throw new TimeoutException(
            "no progress for %s while reading %s up to %s".formatted(SILENCE_MAX, topic, ends));
      }
    }
    return done;
  }

  private void read(Consumer<String, ActionResult> results) {
    try {
      for (ConsumerRecord<String, ActionResult> result : results.poll(POLL)) {
        @Nullable ActionResult value = result.value();
        if (value != null) {
          add(value.getActionId());
        }
      }
    } catch (RecordDeserializationException unreadable) {
      if (Unreadable.waitsForRegistry(unreadable)) {
        throw unreadable;
      }
      results.seek(unreadable.topicPartition(), unreadable.offset() + 1);
    }
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  void add(String actionId) {
    ids.put(actionId, true);
  }

  boolean contains(String actionId) {
    return ids.containsKey(actionId);
  }
}
