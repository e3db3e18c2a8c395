package io.tillwatch.triage.advice.follow;

import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.triage.wire.Latest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The advice that has been given, by us before a restart or by another instance: read from its
 * topic, so that what was asked is not asked again. Belongs to one thread.
 */
final class GivenAdvice implements AutoCloseable {

  /** Incidents remembered; those heard of first go first. */
  private static final int INCIDENTS_MAX = 2_000;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Logger LOG = LoggerFactory.getLogger(GivenAdvice.class);

  private record Given(Advice latest, int inEpisode) {}

  private final Consumer<String, Advice> consumer;
  private final List<TopicPartition> partitions;
  private final Map<String, Given> byIncident = new Latest<>(INCIDENTS_MAX);

  /**
   * What is on the topic, from its beginning.
   *
   * @param consumer without a group
   */
  GivenAdvice(Consumer<String, Advice> consumer, String topic) {
    this.consumer = consumer;
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on to where the topic ends now. */
  void catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      try {
        for (ConsumerRecord<String, Advice> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            add(record.value());
          }
        }
      } catch (RecordDeserializationException unreadable) {
        LOG.error("Skipped an unreadable advice: {}", unreadable.getMessage());
        consumer.seek(unreadable.topicPartition(), unreadable.offset() + 1);
      }
    }
  }

  /** Takes in one; older than what is known, it counts only. */
  private void add(Advice advice) {
    Given known = byIncident.get(advice.getIncidentId());
    if (known == null || known.latest.getEpisode() < advice.getEpisode()) {
      byIncident.put(advice.getIncidentId(), new Given(advice, 1));
    } else if (known.latest.getEpisode() == advice.getEpisode()) {
      boolean newer = known.latest.getRevision() < advice.getRevision();
      byIncident.put(
          advice.getIncidentId(), new Given(newer ? advice : known.latest, known.inEpisode + 1));
    }
  }

  /** The latest on this incident; null when there is none. */
  @Nullable Advice latest(String incidentId) {
    Given given = byIncident.get(incidentId);
    return given == null ? null : given.latest;
  }

  /** How many there are on this episode of it. */
  int inEpisode(String incidentId, int episode) {
    Given given = byIncident.get(incidentId);
    return given == null || given.latest.getEpisode() != episode ? 0 : given.inEpisode;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
