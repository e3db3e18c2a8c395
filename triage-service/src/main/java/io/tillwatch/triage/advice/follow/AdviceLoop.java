package io.tillwatch.triage.advice.follow;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.kafka.Committed;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.kafka.Worker;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.act.Unreadable;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.advice.Surroundings;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.publish.Publisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that asks a model about incidents, one at a time, the most severe first.
 *
 * <p>Reads committed incidents in a group of its own. Of each only the latest revision waits, so a
 * slow model skips revisions and never falls behind. An offset is committed when nothing waits:
 * after a crash incidents are read again, and what has an advice on its topic is not asked again.
 */
public final class AdviceLoop implements AutoCloseable {

  /** Incidents that wait, about 10 KiB each; at the limit the least severe is let go. */
  static final int WAITING_MAX = 200;

  private static final Logger LOG = LoggerFactory.getLogger(AdviceLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(10);

  /** Longer than a model may take for one advice, twice over. */
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private static final Comparator<Incident> WORST_FIRST =
      Comparator.comparing(Incident::getSeverity).thenComparing(Incident::getDetectedAt);

  /**
   * What the loop works with.
   *
   * @param consumers makes readers of incidents, in the loop's group
   * @param given makes a reader of what has been given
   * @param around what is known beside an incident
   */
  record Desk(
      Supplier<Consumer<String, Incident>> consumers,
      Supplier<GivenAdvice> given,
      Adviser adviser,
      Supplier<Surroundings> around,
      Publisher publisher,
      InstantSource clock) {}

  private final Topic<String, Incident> incidents;
  private final Topic<String, Advice> advice;
  private final Desk desk;
  private final AdviceCounts counts;
  private final Map<String, Incident> waiting = new LinkedHashMap<>();
  private boolean uncommitted;
  private final Worker worker = new Worker("advice", this::run);

  AdviceLoop(Topics topics, Desk desk, AdviceCounts counts) {
    this.incidents = topics.incidents();
    this.advice = topics.advice();
    this.desk = desk;
    this.counts = counts;
  }

  /** Starts asking about what is told from now on, or from where its group stopped. */
  public static AdviceLoop start(
      Adviser adviser,
      Supplier<Surroundings> around,
      KafkaConnection kafka,
      Topics topics,
      String applicationId,
      Publisher publisher,
      Instruments instruments) {
    AdviceCounts counts = new AdviceCounts();
    counts.bindTo(instruments.metrics());
    Desk desk =
        new Desk(
            () -> consumer(kafka, topics.incidents(), applicationId + "-advice"),
            () -> new GivenAdvice(consumer(kafka, topics.advice(), ""), topics.advice().name()),
            adviser,
            around,
            publisher,
            instruments.clock());
    AdviceLoop loop = new AdviceLoop(topics, desk, counts);
    loop.worker.start();
    return loop;
  }

  /** The clock of the role and where its metrics go. */
  public record Instruments(InstantSource clock, MeterRegistry metrics) {}

  private static <V extends SpecificRecord> Consumer<String, V> consumer(
      KafkaConnection kafka, Topic<String, V> topic, String group) {
    return new KafkaConsumer<>(
        Committed.properties(kafka, group, "earliest"),
        topic.keySerde().deserializer(),
        topic.valueSerde().deserializer());
  }

  private void run() {
    try (Consumer<String, Incident> consumer = desk.consumers.get();
        GivenAdvice given = desk.given.get()) {
      consumer.subscribe(List.of(incidents.name()));
      while (worker.working()) {
        worker.rest(step(consumer, given));
      }
    } catch (InterruptException stop) {
      LOG.debug("Advice was interrupted to stop");
    } catch (RuntimeException failure) {
      LOG.warn("Advice starts over", failure);
      waiting.clear();
      worker.rest(REST_AFTER_FAILURE);
    }
  }

  /** Takes in what has come and asks about one incident; answers how long to rest. */
  Duration step(Consumer<String, Incident> consumer, GivenAdvice given) {
    try {
      ConsumerRecords<String, Incident> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        uncommitted = true;
        given.catchUp();
        records.forEach(record -> take(record, given));
      }
    } catch (RecordDeserializationException unreadable) {
      return skip(consumer, unreadable);
    }
    Optional<Incident> worst = waiting.values().stream().min(WORST_FIRST);
    if (worst.isPresent() && !ask(worst.get(), given)) {
      return REST_AFTER_FAILURE;
    }
    if (uncommitted && waiting.isEmpty()) {
      consumer.commitSync();
      uncommitted = false;
    }
    return Duration.ZERO;
  }

  private void take(ConsumerRecord<String, Incident> record, GivenAdvice given) {
    Incident incident = record.value();
    if (incident == null || turn(incident, given) != Turn.ASK) {
      waiting.remove(record.key());
      return;
    }
    waiting.put(incident.getIncidentId(), incident);
    if (waiting.size() > WAITING_MAX) {
      waiting.values().stream()
          .max(WORST_FIRST)
          .ifPresent(least -> waiting.remove(least.getIncidentId()));
    }
  }

  private static Turn turn(Incident incident, GivenAdvice given) {
    String id = incident.getIncidentId();
    return Turn.of(incident, given.latest(id), given.inEpisode(id, incident.getEpisode()));
  }

  /** Another instance may have asked meanwhile; false when the advice could not be written. */
  private boolean ask(Incident incident, GivenAdvice given) {
    given.catchUp();
    if (turn(incident, given) == Turn.ASK) {
      Advice said = desk.adviser.advise(incident, desk.around.get(), desk.clock.instant());
      try {
        desk.publisher.publish(advice, incident.getIncidentId(), said);
      } catch (NotPublished failure) {
        LOG.warn("Advice waits: {}", failure.getMessage());
        return false;
      }
      counts.written(said);
    }
    waiting.remove(incident.getIncidentId());
    return true;
  }

  private static Duration skip(
      Consumer<String, Incident> consumer, RecordDeserializationException unreadable) {
    if (Unreadable.waitsForRegistry(unreadable)) {
      LOG.warn("An incident waits for the schema registry");
      return REST_AFTER_FAILURE;
    }
    LOG.error("Skipped an unreadable incident: {}", unreadable.getMessage());
    consumer.seek(unreadable.topicPartition(), unreadable.offset() + 1);
    return Duration.ZERO;
  }

  /** Stops; an answer that is still awaited is dropped. */
  @Override
  public void close() {
    if (!worker.stop(() -> {}, CLOSE_MAX)) {
      LOG.warn("A model is still being asked after {}; it is not waited for", CLOSE_MAX);
      worker.interrupt();
    }
  }
}
