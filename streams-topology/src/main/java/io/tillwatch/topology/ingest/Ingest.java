package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.topology.bin.BinRanges;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.delivery.Backlog;
import io.tillwatch.topology.delivery.Deliveries;
import io.tillwatch.topology.ingest.seen.SeenEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The steps INGEST and COMBINE: one task per partition of the payment topics. Thread-safe. */
public final class Ingest implements ProcessorSupplier<byte[], Deliveries, String, Ingested> {

  /** Counts by kind and partition. */
  public static final String LEDGER_STORE = "ingest-ledger";

  static final String SEEN_STORE = "ingest-seen-ids";
  static final String COMMIT_HOOK = "ingest-commit";

  /** Event time that may pass between the door and the cube: the cell may be older by then. */
  private static final Duration ON_THE_WAY = Duration.ofMinutes(10);

  private final IngestSettings settings;
  private final Duration kept;
  private final Combine combine;
  private final InstantSource clock;
  private final Input input;
  private final SecretKeySpec hashKey;
  private final IngestMetrics metrics;
  private final Map<String, EventKind> kinds;

  /**
   * What it reads.
   *
   * @param readers how payment events are read
   * @param backlog whether there is more of them
   */
  public record Input(Topics topics, RecordReaders readers, BinRanges binRanges, Backlog backlog) {}

  /**
   * The door of one cube.
   *
   * @param retention how long the cube keeps its cells, in event time
   */
  public Ingest(
      IngestSettings settings,
      Duration retention,
      Input input,
      Combine combine,
      IngestMetrics metrics) {
    this.settings = settings;
    this.kept =
        Collections.min(
            List.of(
                retention.minus(ON_THE_WAY),
                settings.dedupe().horizon().multipliedBy(SeenEvents.HORIZONS_KEPT)));
    this.combine = combine;
    this.clock = combine.clock();
    this.input = input;
    this.hashKey = DeadLetters.key(settings.hashKey());
    this.metrics = metrics;
    Topics topics = input.topics();
    this.kinds =
        Map.of(
            topics.auth().name(), EventKind.AUTH,
            topics.capture().name(), EventKind.CAPTURE,
            topics.refund().name(), EventKind.REFUND,
            topics.webhook().name(), EventKind.WEBHOOK,
            topics.settlement().name(), EventKind.SETTLEMENT,
            topics.dispute().name(), EventKind.DISPUTE);
  }

  /** The topics it reads. */
  public List<String> topics() {
    return kinds.keySet().stream().sorted().toList();
  }

  /**
   * The timestamp a record travels under: its own if that is a time up to now, else now. Event time
   * is in the value; this one only has to be acceptable to every broker.
   */
  public TimestampExtractor recordTimes() {
    return (ConsumerRecord<Object, Object> record, long partitionTime) ->
        recordTime(record.timestamp(), clock.millis());
  }

  static long recordTime(long timestampMillis, long nowMillis) {
    return timestampMillis < 0 || timestampMillis > nowMillis ? nowMillis : timestampMillis;
  }

  @Override
  public Processor<byte[], Deliveries, String, Ingested> get() {
    return new IngestProcessor(this, clock);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    Set<StoreBuilder<?>> stores = new HashSet<>();
    if (settings.dedupe().on()) {
      stores.add(SeenEvents.store(SEEN_STORE, settings.dedupe()));
    }
    stores.add(IngestLedger.store(LEDGER_STORE));
    if (combine.leavesAtCommit()) {
      stores.add(CommitHook.named(COMMIT_HOOK));
    }
    return stores;
  }

  EventKind kindOf(String topic) {
    EventKind kind = kinds.get(topic);
    if (kind == null) {
      throw new IllegalArgumentException("%s is no payment topic".formatted(topic));
    }
    return kind;
  }

  IngestSettings settings() {
    return settings;
  }

  /**
   * How far an event may be behind the newest one of all kinds. The stores of cells and of seen ids
   * each forget by one clock for all kinds: what is older would be in no cell, or counted twice.
   */
  Duration kept() {
    return kept;
  }

  EventDoor door() {
    return new EventDoor(settings, input.readers(), kinds);
  }

  Combine combine() {
    return combine;
  }

  BinRanges binRanges() {
    return input.binRanges();
  }

  /** How far a task has come with what it reads, from now on. */
  Reading reading(int partition) {
    Map<EventKind, String> topics = new EnumMap<>(EventKind.class);
    kinds.forEach((topic, kind) -> topics.put(kind, topic));
    return new Reading(input.backlog(), partition, topics);
  }

  SecretKeySpec hashKey() {
    return hashKey;
  }

  IngestMetrics metrics() {
    return metrics;
  }
}
