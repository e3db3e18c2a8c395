package io.tillwatch.topology.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.ingest.seen.SeenCounts;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.processor.TaskId;

/**
 * The door's metrics, moved at each commit.
 *
 * <p>{@code tillwatch_ingest_received_total{kind}} = the sum over outcome of {@code
 * tillwatch_ingest_records_total{kind,outcome}}; outcome is accepted, duplicate, late or
 * dead_lettered. Since the start of this process; the exact totals are in the ledger. Thread-safe.
 */
public final class IngestMetrics {

  private static final String RECORDS = "tillwatch.ingest.records";

  private final MeterRegistry registry;
  private final Map<TaskId, SeenCounts> seen = new ConcurrentHashMap<>();

  public IngestMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (EventKind kind : EventKind.values()) {
      counted(kind, IngestCounts.NONE, IngestCounts.NONE);
    }
    refused(DeadLetterReason.OTHER, 0);
    seenGauge("ids.memory", "Event ids held in memory", SeenCounts::idsInMemory);
    seenGauge("ids.spilled", "Event ids held in the store only", SeenCounts::idsSpilled);
    seenGauge("filter.bytes", "Filters of spilled event ids", SeenCounts::filterBytes);
    runReads("needed", 0);
    runReads("false_hit", 0);
  }

  void counted(EventKind kind, IngestCounts before, IngestCounts now) {
    increment("tillwatch.ingest.received", kind, now.received() - before.received());
    records(kind, "accepted", now.accepted() - before.accepted());
    records(kind, "duplicate", now.duplicates() - before.duplicates());
    records(kind, "late", now.late() - before.late());
    records(kind, "dead_lettered", now.deadLettered() - before.deadLettered());
    increment("tillwatch.ingest.conflicts", kind, now.conflicts() - before.conflicts());
    increment("tillwatch.ingest.redacted.attributes", kind, now.redacted() - before.redacted());
  }

  void refused(DeadLetterReason reason, long count) {
    Counter.builder("tillwatch.ingest.dead.letters")
        .description("Records refused at the door, by reason")
        .tag("reason", label(reason))
        .register(registry)
        .increment(count);
  }

  /** What a task has seen; all tasks of this process are added up. */
  void seen(TaskId task, SeenCounts now) {
    SeenCounts before = seen.put(task, now);
    // A task that starts anew counts its reads from nothing.
    boolean isNew = before == null || before.runReads() > now.runReads();
    SeenCounts since = isNew ? SeenCounts.NONE : before;
    long falseHits = now.falseHits() - since.falseHits();
    runReads("false_hit", falseHits);
    runReads("needed", now.runReads() - since.runReads() - falseHits);
  }

  /** That task is no longer here. */
  void seenNoMore(TaskId task) {
    seen.remove(task);
  }

  private void seenGauge(String name, String description, ToLongFunction<SeenCounts> count) {
    Gauge.builder(
            "tillwatch.ingest.seen." + name,
            seen,
            of -> of.values().stream().mapToLong(count).sum())
        .description(description)
        .register(registry);
  }

  private void runReads(String result, long by) {
    Counter.builder("tillwatch.ingest.seen.reads")
        .description("Spilled event ids read from the store")
        .tag("result", result)
        .register(registry)
        .increment(by);
  }

  private void records(EventKind kind, String outcome, long by) {
    Counter.builder(RECORDS)
        .description("Records by the one outcome each of them has")
        .tag("kind", label(kind))
        .tag("outcome", outcome)
        .register(registry)
        .increment(by);
  }

  private void increment(String name, EventKind kind, long by) {
    Counter.builder(name).tag("kind", label(kind)).register(registry).increment(by);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
