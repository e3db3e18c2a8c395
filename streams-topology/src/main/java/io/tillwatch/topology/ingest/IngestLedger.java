package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.cube.EventKind;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The exact counts of one ingest task: in memory between commits, stored with each commit, so that
 * they say the same as the cube after any crash. Key: kind and partition. Used by one task.
 */
final class IngestLedger {

  private final KeyValueStore<String, byte[]> store;
  private final IngestMetrics metrics;
  private final int partition;
  private final Map<EventKind, Entry> entries = new EnumMap<>(EventKind.class);
  private final Map<DeadLetterReason, Long> reasons = new EnumMap<>(DeadLetterReason.class);
  private long newestMillis;

  /** The counts of one kind, and what the metrics already know of them. */
  private static final class Entry {
    long accepted;
    long duplicates;
    long late;
    long deadLettered;
    long conflicts;
    long redacted;
    long maxEventTimeMillis;
    IngestCounts committed;
    boolean isStored;

    Entry(byte @Nullable [] stored) {
      IngestCounts from = stored == null ? IngestCounts.NONE : IngestCounts.of(stored);
      isStored = stored != null;
      committed = from;
      accepted = from.accepted();
      duplicates = from.duplicates();
      late = from.late();
      deadLettered = from.deadLettered();
      conflicts = from.conflicts();
      redacted = from.redacted();
      maxEventTimeMillis = from.maxEventTimeMillis();
    }

    IngestCounts counts() {
      return new IngestCounts(
          accepted, duplicates, late, deadLettered, conflicts, redacted, maxEventTimeMillis);
    }
  }

  IngestLedger(KeyValueStore<String, byte[]> store, int partition, IngestMetrics metrics) {
    this.store = store;
    this.partition = partition;
    this.metrics = metrics;
    for (EventKind kind : EventKind.values()) {
      byte @Nullable [] stored = store.get(key(kind));
      Entry entry = new Entry(stored);
      entries.put(kind, entry);
      newestMillis = Math.max(newestMillis, entry.maxEventTimeMillis);
    }
  }

  /** The store, persistent and logged. */
  static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  private String key(EventKind kind) {
    return kind + "/" + partition;
  }

  /** Newest event time accepted from the partition of this kind; 0 before the first. */
  long maxEventTimeMillis(EventKind kind) {
    return entry(kind).maxEventTimeMillis;
  }

  /** Newest event time accepted from any of its partitions; 0 before the first. */
  long maxEventTimeMillis() {
    return newestMillis;
  }

  void accepted(EventKind kind, long eventTimeMillis, int redactedAttributes) {
    Entry entry = entry(kind);
    entry.accepted++;
    entry.redacted += redactedAttributes;
    entry.maxEventTimeMillis = Math.max(entry.maxEventTimeMillis, eventTimeMillis);
    newestMillis = Math.max(newestMillis, eventTimeMillis);
  }

  void duplicate(EventKind kind, boolean conflict) {
    Entry entry = entry(kind);
    entry.duplicates++;
    entry.conflicts += conflict ? 1 : 0;
  }

  void late(EventKind kind) {
    entry(kind).late++;
  }

  void deadLettered(EventKind kind, DeadLetterReason reason) {
    entry(kind).deadLettered++;
    reasons.merge(reason, 1L, Long::sum);
  }

  /** Stores what changed since the last commit; the first time everything, so that it is seen. */
  void commit() {
    entries.forEach((kind, entry) -> {
      IngestCounts now = entry.counts();
      if (!entry.isStored || !now.equals(entry.committed)) {
        store.put(key(kind), now.toBytes());
        metrics.counted(kind, entry.committed, now);
        entry.committed = now;
        entry.isStored = true;
      }
    });
    reasons.forEach(metrics::refused);
    reasons.clear();
  }

  private Entry entry(EventKind kind) {
    Entry entry = entries.get(kind);
    if (entry == null) {
      throw new IllegalStateException("no entry for " + kind);
    }
    return entry;
  }
}
