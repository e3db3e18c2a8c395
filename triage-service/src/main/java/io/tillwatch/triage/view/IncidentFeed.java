package io.tillwatch.triage.view;

import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.kafka.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps an {@link IncidentView} up to date: reads both topics from their beginning,
 * committed records only, without a group.
 */
public final class IncidentFeed implements AutoCloseable {

  /** A topic of the feed with what its values are. */
  public record Source<T>(String topic, Deserializer<T> values) {}

  private static final Logger LOG = LoggerFactory.getLogger(IncidentFeed.class);
  private static final Duration POLL_MAX = Duration.ofMillis(500);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

  private final Source<Incident> incidents;
  private final Source<IncidentLogEntry> log;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final IncidentView view;
  private final OpenedCounts opened;
  private final Worker worker = new Worker("incident-feed", this::run);
  private volatile @Nullable Consumer<String, byte[]> consumer;
  private volatile boolean loaded;

  private IncidentFeed(
      Source<Incident> incidents,
      Source<IncidentLogEntry> log,
      Supplier<Consumer<String, byte[]>> consumers,
      IncidentView view,
      OpenedCounts opened) {
    this.incidents = incidents;
    this.log = log;
    this.consumers = consumers;
    this.view = view;
    this.opened = opened;
  }

  /**
   * Starts reading.
   *
   * @param consumers makes read_committed consumers of bytes that have no group
   */
  public static IncidentFeed start(
      Source<Incident> incidents,
      Source<IncidentLogEntry> log,
      Supplier<Consumer<String, byte[]>> consumers,
      IncidentView view,
      OpenedCounts opened) {
    IncidentFeed feed = new IncidentFeed(incidents, log, consumers, view, opened);
    feed.worker.start();
    return feed;
  }

  /** Whether everything that was committed when the feed started has been read. */
  public boolean loaded() {
    return loaded;
  }

  private void run() {
    try (Consumer<String, byte[]> made = consumers.get()) {
      consumer = made;
      follow(made);
    } catch (WakeupException | InterruptException stop) {
      LOG.debug("Feed was woken to stop");
    } catch (RuntimeException failure) {
      LOG.warn("Feed starts over", failure);
      worker.rest(REST_AFTER_FAILURE);
    } finally {
      consumer = null;
    }
  }

  private void follow(Consumer<String, byte[]> made) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(incidents.topic(), log.topic())) {
      made.partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    made.assign(partitions);
    made.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = made.endOffsets(partitions);
    while (worker.working()) {
      apply(made.poll(POLL_MAX));
      if (!loaded
          && ends.entrySet().stream()
              .allMatch(end -> made.position(end.getKey()) >= end.getValue())) {
        loaded = true;
        LOG.info("Incidents loaded: {} of them open", view.open().size());
      }
    }
  }

  private void apply(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        if (record.topic().equals(incidents.topic())) {
          applyIncident(record);
        } else if (record.value() != null) {
          view.apply(log.values().deserialize(record.topic(), record.value()));
        }
      } catch (SerializationException unreadable) {
        LOG.error(
            "Skipped {}-{}@{}: {}",
            record.topic(),
            record.partition(),
            record.offset(),
            unreadable.getMessage());
      }
    }
  }

  private void applyIncident(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      view.remove(record.key());
      return;
    }
    Incident incident = incidents.values().deserialize(record.topic(), record.value());
    if (loaded && isOpening(incident)) {
      opened.opened(incident.getIncidentClass());
    }
    view.apply(incident);
  }

  /** A new incident, or a new episode of one that was over. */
  private boolean isOpening(Incident incident) {
    return view.one(incident.getIncidentId())
        .map(known -> known.getEpisode() < incident.getEpisode())
        .orElse(true);
  }

  /** Stops reading; the view stays as it is. */
  @Override
  public void close() {
    if (!worker.stop(this::wake, CLOSE_MAX)) {
      LOG.warn("Feed is still busy after {}", CLOSE_MAX);
    }
  }

  private void wake() {
    Consumer<String, byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }
}
