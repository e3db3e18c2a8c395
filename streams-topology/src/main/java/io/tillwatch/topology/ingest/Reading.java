package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.delivery.Backlog;
import io.tillwatch.topology.delivery.Deliveries;
import java.util.EnumMap;
import java.util.Map;

/** How far a task has come with what it reads. Used by one task. */
final class Reading {

  private final Backlog backlog;
  private final int partition;
  private final Map<EventKind, String> topics;
  private final Map<EventKind, Long> doneTo = new EnumMap<>(EventKind.class);

  /** Begins where what was handed over so far ends: none of it was for this task. */
  Reading(Backlog backlog, int partition, Map<EventKind, String> topics) {
    this.backlog = backlog;
    this.partition = partition;
    this.topics = topics;
    topics.forEach((kind, topic) -> doneTo.put(kind, backlog.handedTo(topic, partition)));
  }

  /** These are processed. */
  void done(EventKind kind, Deliveries deliveries) {
    doneTo.put(kind, deliveries.offset(deliveries.size() - 1) + 1);
  }

  /** Whether there is nothing to read of a kind, and nothing that waits to be processed. */
  boolean isAtEnd(EventKind kind) {
    String topic = topics.get(kind);
    return topic == null
        || backlog.isDone(topic, partition, doneTo.getOrDefault(kind, Long.MAX_VALUE));
  }
}
