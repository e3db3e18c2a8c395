package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.triage.wire.Latest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the results on record say: which actions must not be done again, and what the other sides
 * call what they were told.
 *
 * <p>Bounded to the latest {@link #LIMIT} actions (about 10 MiB): far more than an executor can
 * have read without committing, and only those are ever asked for; and to {@link #NAMES_MAX} names
 * (about 4 MiB): more incidents than the desk and a month of reopening hold. Not thread-safe.
 */
final class DoneActions {

  static final int LIMIT = 100_000;
  static final int NAMES_MAX = 20_000;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private record Subject(String incidentId, ActionTarget target) {}

  private final Map<String, Boolean> ids = new Latest<>(LIMIT);
  private final SequencedMap<Subject, String> names = new Latest<>(NAMES_MAX);

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
          add(value);
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

  void add(ActionResult result) {
    ids.put(result.getActionId(), true);
    String name = result.getExternalId();
    if (name != null && result.getOutcome() == ActionOutcome.DONE) {
      names.putLast(new Subject(result.getIncidentId(), result.getTarget()), name);
    }
  }

  /** What the other side calls the subject of an action; null when it is not known. */
  @Nullable String name(Action action) {
    String name = names.get(new Subject(action.getIncidentId(), action.getTarget()));
    return name == null ? action.getExternalId() : name;
  }

  boolean contains(String actionId) {
    return ids.containsKey(actionId);
  }
}
