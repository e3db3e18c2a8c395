package io.tillwatch.triage.pagerduty;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.kafka.Committed;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.kafka.Worker;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Unreadable;
import io.tillwatch.triage.stream.InputRedaction;
import io.tillwatch.triage.stream.InputRules;
import io.tillwatch.triage.stream.Refusal;
import io.tillwatch.triage.wire.Latest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows our changes in PagerDuty, in the order of their topic, beside the incidents they may have
 * caused.
 *
 * <p>A path of its own beside the outbox: a change pages nobody and belongs to no incident. One
 * that cannot be told is tried again until it is older than {@link #TOLD_WITHIN}; after a crash the
 * last one may be shown twice, since PagerDuty has no key for changes. What the desk's door would
 * refuse (a card number) does not go out.
 */
public final class ChangeRelay implements AutoCloseable {

  /** An older change explains nothing that is being looked at. */
  static final Duration TOLD_WITHIN = Duration.ofHours(2);

  /** Ids of changes that are remembered, about 100 bytes each: some come twice. */
  static final int REMEMBERED_MAX = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(ChangeRelay.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration REST_MIN = Duration.ofSeconds(1);
  private static final Duration REST_MAX = Duration.ofSeconds(30);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(12);

  private final Supplier<Consumer<String, ChangeEvent>> consumers;
  private final String topic;
  private final Function<ChangeEvent, Delivery> teller;
  private final InstantSource clock;
  private final Runnable atEnd;
  private final InputRules rules;
  private final Map<String, Boolean> told = new Latest<>(REMEMBERED_MAX);
  private final Worker worker = new Worker("changes-pagerduty", this::run);

  ChangeRelay(
      Supplier<Consumer<String, ChangeEvent>> consumers,
      String topic,
      Function<ChangeEvent, Delivery> teller,
      InstantSource clock,
      Runnable atEnd) {
    this.consumers = consumers;
    this.topic = topic;
    this.teller = teller;
    this.clock = clock;
    this.rules = new InputRules(clock);
    this.atEnd = atEnd;
  }

  /** Starts telling the changes that come from now on, or from where its group stopped. */
  public static ChangeRelay start(
      PagerDutySettings settings,
      KafkaConnection kafka,
      Topic<String, ChangeEvent> changes,
      String applicationId,
      InstantSource clock) {
    PagerDuty pager = PagerDuty.open(settings);
    ChangeRelay relay =
        new ChangeRelay(
            () -> consumer(kafka, changes, applicationId + "-changes-pagerduty"),
            changes.name(),
            pager::tell,
            clock,
            pager::close);
    relay.worker.start();
    return relay;
  }

  private static Consumer<String, ChangeEvent> consumer(
      KafkaConnection kafka, Topic<String, ChangeEvent> changes, String group) {
    return new KafkaConsumer<>(
        Committed.properties(kafka, group, "latest"),
        changes.keySerde().deserializer(),
        changes.valueSerde().deserializer());
  }

  private void run() {
    try (Consumer<String, ChangeEvent> consumer = consumers.get()) {
      consumer.subscribe(List.of(topic));
      while (worker.working()) {
        worker.rest(step(consumer));
      }
    } catch (KafkaException failure) {
      LOG.warn("The relay of changes starts over: {}", failure.getMessage());
      worker.rest(REST_MAX);
    }
  }

  /** Tells what has come, up to the first that has to wait; answers for how long. */
  Duration step(Consumer<String, ChangeEvent> consumer) {
    try {
      for (ConsumerRecord<String, ChangeEvent> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Duration wait = tell(record.value());
        if (wait.isPositive()) {
          rewind(consumer, partition, record.offset());
          return wait;
        }
        commit(consumer, partition, record.offset() + 1);
      }
    } catch (RecordDeserializationException unreadable) {
      if (Unreadable.waitsForRegistry(unreadable)) {
        LOG.warn("A change waits for the schema registry");
        return REST_MAX;
      }
      LOG.error("Skipped an unreadable change: {}", unreadable.getMessage());
      consumer.seek(unreadable.topicPartition(), unreadable.offset() + 1);
    } catch (WakeupException stop) {
      LOG.debug("The relay of changes was woken to stop");
    }
    return Duration.ZERO;
  }

  private static void rewind(
      Consumer<String, ChangeEvent> consumer, TopicPartition partition, long offset) {
    Collection<TopicPartition> assigned = consumer.assignment();
    if (assigned.contains(partition)) {
      consumer.seek(partition, offset);
    }
  }

  private static void commit(
      Consumer<String, ChangeEvent> consumer, TopicPartition partition, long offset) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
  }

  /** Zero when it is settled, otherwise the time until it is worth another attempt. */
  private Duration tell(@Nullable ChangeEvent change) {
    Instant now = clock.instant();
    if (change == null
        || change.getEventTime().isBefore(now.minus(TOLD_WITHIN))
        || told.containsKey(change.getEventId())) {
      return Duration.ZERO;
    }
    Optional<Refusal> refusal = rules.check(change);
    if (refusal.isPresent()) {
      LOG.warn("A change is not told to PagerDuty: {}", refusal.get().detail());
      return Duration.ZERO;
    }
    ChangeEvent clean = InputRedaction.clean(change);
    return switch (teller.apply(clean)) {
      case Delivery.Done _, Delivery.Off _ -> {
        told.put(change.getEventId(), true);
        yield Duration.ZERO;
      }
      case Delivery.Held held -> bounded(held.after());
      case Delivery.Retry retry -> {
        LOG.warn("Change {} is not told yet: {}", clean.getEventId(), retry.detail());
        yield bounded(retry.after());
      }
      case Delivery.Refused refused -> {
        LOG.error("Change {} was refused: {}", clean.getEventId(), refused.detail());
        yield Duration.ZERO;
      }
    };
  }

  private static Duration bounded(Duration wait) {
    Duration least = wait.compareTo(REST_MIN) < 0 ? REST_MIN : wait;
    return least.compareTo(REST_MAX) > 0 ? REST_MAX : least;
  }

  /** The relay's name in health answers. */
  public String name() {
    return worker.name();
  }

  /** Whether it works. */
  public boolean running() {
    return worker.running();
  }

  /** Stops after the change that is being told. */
  @Override
  public void close() {
    if (!worker.stop(() -> {}, CLOSE_MAX)) {
      LOG.warn("The relay of changes is still busy after {}", CLOSE_MAX);
    }
    atEnd.run();
  }
}
