package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.bin.BinResolver;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.delivery.Deliveries;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One task of the door: decode → validate → refuse card numbers → dedupe → not too late → resolve
 * the BIN range. Headers are read by nobody and go nowhere.
 */
final class IngestProcessor implements Processor<byte[], Deliveries, String, Ingested> {

  private final Ingest ingest;
  private final InstantSource clock;
  private final EventDoor door;
  private final DeadLetters deadLetters;
  private final long allowedLatenessMillis;
  private final long keptMillis;
  private @Nullable ProcessorContext<String, Ingested> context;
  private @Nullable SeenEvents seenEvents;
  private @Nullable IngestLedger ledger;
  private @Nullable BinResolver bins;

  IngestProcessor(Ingest ingest, InstantSource clock) {
    this.ingest = ingest;
    this.clock = clock;
    this.door = ingest.door();
    this.deadLetters = new DeadLetters(ingest.hashKey());
    this.allowedLatenessMillis = ingest.settings().allowedLateness().toMillis();
    this.keptMillis = ingest.kept().toMillis();
  }

  /** Starts anew: also called again when a task is revived, with its stores rolled back. */
  @Override
  public void init(ProcessorContext<String, Ingested> of) {
    context = of;
    seenEvents =
        new SeenEvents(of.getStateStore(Ingest.SEEN_STORE), ingest.settings().dedupeHorizon());
    IngestLedger counts =
        new IngestLedger(
            of.getStateStore(Ingest.LEDGER_STORE), of.taskId().partition(), ingest.metrics());
    ledger = counts;
    bins = ingest.binRanges().resolver(of);
    CommitHook hook = of.getStateStore(Ingest.COMMIT_HOOK);
    hook.onCommit(of, counts::commit);
  }

  @Override
  public void process(Record<byte[], Deliveries> record) {
    Deliveries deliveries =
        record
            .value()
            .placedAt(
                Objects.requireNonNull(context).recordMetadata().orElseThrow(), record.timestamp());
    EventKind kind = ingest.kindOf(deliveries.topic());
    long now = clock.millis();
    for (int i = 0; i < deliveries.size(); i++) {
      take(kind, deliveries, i, now);
    }
  }

  private void take(EventKind kind, Deliveries deliveries, int index, long now) {
    byte @Nullable [] value = deliveries.value(index);
    switch (door.judge(kind, value, now)) {
      case EventDoor.Invalid invalid -> {
        Objects.requireNonNull(ledger).deadLettered(kind, invalid.refusal().reason());
        forward(
            deliveries.topic(),
            new Ingested.Refused(deadLetters.letter(invalid, deliveries, index, now)),
            now);
      }
      case EventDoor.Valid valid -> admit(valid, Objects.requireNonNull(value), now);
    }
  }

  private void admit(EventDoor.Valid valid, byte[] value, long now) {
    PaymentEvent event = valid.event();
    EventKind kind = event.kind();
    String eventId = event.step().getEventId();
    long eventTime = event.step().getEventTime().toEpochMilli();
    IngestLedger counts = Objects.requireNonNull(ledger);
    SeenEvents seen = Objects.requireNonNull(seenEvents);
    SeenEvents.Seen before = seen.look(kind, eventId, eventTime, value);
    if (before != SeenEvents.Seen.NEW) {
      counts.duplicate(kind, before == SeenEvents.Seen.CONFLICT);
    } else if (isLate(kind, eventTime, counts)) {
      counts.late(kind);
    } else {
      seen.remember(kind, eventId, eventTime, value);
      counts.accepted(kind, eventTime, valid.redacted());
      forward(event.step().getPaymentId(), accepted(event, eventTime), now);
    }
  }

  /** Behind its kind, or so far behind all kinds that nobody keeps its time any more. */
  private boolean isLate(EventKind kind, long eventTime, IngestLedger counts) {
    return eventTime < counts.maxEventTimeMillis(kind) - allowedLatenessMillis
        || eventTime < counts.maxEventTimeMillis() - keptMillis;
  }

  private AcceptedEvent accepted(PaymentEvent event, long eventTime) {
    PaymentStep step = event.step();
    BinResolver.Resolved bin = Objects.requireNonNull(bins).resolve(step.getBin());
    Boolean threeDs = step.getThreeDs();
    Slice leaf =
        Slice.leaf(
            step.getPsp(),
            bin.range(),
            step.getRegion(),
            step.getMethod(),
            orElse(step.getScheme(), bin.scheme()),
            orElse(step.getIssuerCountry(), bin.country()),
            step.getMerchantAccount(),
            step.getConnectorVersion(),
            threeDs == null ? null : threeDs ? "yes" : "no");
    return new AcceptedEvent(
        event.kind(),
        eventTime,
        leaf,
        step.getOutcome(),
        step.getReason(),
        step.getAttempt(),
        step.getCurrency(),
        step.getAmountMinor(),
        event.latencyMillis());
  }

  private static @Nullable String orElse(@Nullable String value, @Nullable String other) {
    return value == null ? other : value;
  }

  private void forward(String key, Ingested ingested, long now) {
    Objects.requireNonNull(context).forward(new Record<>(key, ingested, now));
  }
}
