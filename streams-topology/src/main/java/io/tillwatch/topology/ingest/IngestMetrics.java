package io.tillwatch.topology.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.cube.EventKind;
import java.util.Locale;

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

  public IngestMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (EventKind kind : EventKind.values()) {
      counted(kind, IngestCounts.NONE, IngestCounts.NONE);
    }
    refused(DeadLetterReason.OTHER, 0);
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
