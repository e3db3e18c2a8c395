package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.bin.BinResolver;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cell.Verdict;
import io.tillwatch.topology.combine.Combiner;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.delivery.Deliveries;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One task of the door and its combiner: decode → validate → refuse card numbers → dedupe → not too
 * late → resolve the BIN range → add to a partial cell. Headers are read by nobody and go nowhere.
 *
 * <p>What is held in memory leaves at the commit, or within {@link #process} when it is too much:
 * in both cases inside the transaction that commits its events.
 */
final class IngestProcessor implements Processor<byte[], Deliveries, String, Ingested> {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final Ingest ingest;
  private final InstantSource clock;
  private final EventDoor door;
  private final DeadLetters deadLetters;
  private final long allowedLatenessMillis;
  private final long keptMillis;
  private @Nullable Task task;

  /** What a task has from {@link #init} on. */
  private record Task(
      ProcessorContext<String, Ingested> context,
      SeenEvents seen,
      IngestLedger ledger,
      BinResolver bins,
      Combiner combiner) {}

  IngestProcessor(Ingest ingest, InstantSource clock) {
    this.ingest = ingest;
    this.clock = clock;
    this.door = ingest.door();
    this.deadLetters = new DeadLetters(ingest.hashKey());
    this.allowedLatenessMillis = ingest.settings().allowedLateness().toMillis();
    this.keptMillis = ingest.kept().toMillis();
  }

  /**
   * Starts anew: also called again when a task is revived, with its stores rolled back; what was in
   * memory is read again.
   */
  @Override
  public void init(ProcessorContext<String, Ingested> of) {
    int partition = of.taskId().partition();
    task =
        new Task(
            of,
            new SeenEvents(of.getStateStore(Ingest.SEEN_STORE), ingest.settings().dedupeHorizon()),
            new IngestLedger(of.getStateStore(Ingest.LEDGER_STORE), partition, ingest.metrics()),
            ingest.binRanges().resolver(of),
            ingest.combine().combiner(partition));
    if (ingest.combine().leavesAtCommit()) {
      CommitHook hook = of.getStateStore(Ingest.COMMIT_HOOK);
      hook.onCommit(of, this::commit);
    }
    of.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<byte[], Deliveries> record) {
    Task here = task();
    Deliveries deliveries =
        record.value().placedAt(here.context.recordMetadata().orElseThrow(), record.timestamp());
    EventKind kind = ingest.kindOf(deliveries.topic());
    long now = clock.millis();
    for (int i = 0; i < deliveries.size(); i++) {
      take(kind, deliveries, i, now);
    }
    if (!ingest.combine().leavesAtCommit()) {
      commit();
    } else if (here.combiner.isFull()) {
      forwardPartials();
    }
  }

  private void take(EventKind kind, Deliveries deliveries, int index, long now) {
    byte @Nullable [] value = deliveries.value(index);
    switch (door.judge(kind, value, now)) {
      case EventDoor.Invalid invalid -> {
        task().ledger.deadLettered(kind, invalid.refusal().reason());
        Ingested refused =
            new Ingested.Refused(deadLetters.letter(invalid, deliveries, index, now));
        task().context.forward(new Record<>(deliveries.topic(), refused, now));
      }
      case EventDoor.Valid valid -> admit(valid, Objects.requireNonNull(value));
    }
  }

  private void admit(EventDoor.Valid valid, byte[] value) {
    PaymentEvent event = valid.event();
    EventKind kind = event.kind();
    String eventId = event.step().getEventId();
    long eventTime = event.step().getEventTime().toEpochMilli();
    IngestLedger counts = task().ledger;
    SeenEvents seen = task().seen;
    SeenEvents.Seen before = seen.look(kind, eventId, eventTime, value);
    if (before != SeenEvents.Seen.NEW) {
      counts.duplicate(kind, before == SeenEvents.Seen.CONFLICT);
    } else if (isLate(kind, eventTime, counts)) {
      counts.late(kind);
    } else {
      seen.remember(kind, eventId, eventTime, value);
      counts.accepted(kind, eventTime, valid.redacted());
      count(event, eventTime);
    }
  }

  /** Behind its kind, or so far behind all kinds that nobody keeps its time any more. */
  private boolean isLate(EventKind kind, long eventTime, IngestLedger counts) {
    return eventTime < counts.maxEventTimeMillis(kind) - allowedLatenessMillis
        || eventTime < counts.maxEventTimeMillis() - keptMillis;
  }

  private void count(PaymentEvent event, long eventTime) {
    Combiner combiner = task().combiner;
    PaymentStep step = event.step();
    CellTable cells = combiner.cells(event.kind(), eventTime);
    int row = cells.row(combiner.index().number(leaf(step)));
    boolean success = Verdict.of(event.kind(), step.getOutcome()) == Verdict.SUCCESS;
    cells.addEvent(row, step.getOutcome(), step.getReason(), step.getAttempt() == 1);
    int currency = combiner.index().currencies().codeOf(step.getCurrency());
    cells.addMoney(row, currency, step.getAmountMinor(), success);
    if (event.latencyMillis() != Tally.NO_LATENCY) {
      cells.addLatency(row, event.latencyMillis());
    }
  }

  private Slice leaf(PaymentStep step) {
    BinResolver.Resolved bin = task().bins.resolve(step.getBin());
    Boolean threeDs = step.getThreeDs();
    return Slice.leaf(
        step.getPsp(),
        bin.range(),
        step.getRegion(),
        step.getMethod(),
        orElse(step.getScheme(), bin.scheme()),
        orElse(step.getIssuerCountry(), bin.country()),
        step.getMerchantAccount(),
        step.getConnectorVersion(),
        threeDs == null ? null : threeDs ? "yes" : "no");
  }

  private static @Nullable String orElse(@Nullable String value, @Nullable String other) {
    return value == null ? other : value;
  }

  private void tick(long wallClockMillis) {
    task().combiner.tick(wallClockMillis);
    if (!ingest.combine().leavesAtCommit()) {
      forwardPartials(); // there are none: only to say who is idle
    }
  }

  private void commit() {
    task().ledger.commit();
    forwardPartials();
  }

  private void forwardPartials() {
    ProcessorContext<String, Ingested> to = task().context;
    task()
        .combiner
        .forward(
            (key, block, now) -> to.forward(new Record<>(key, new Ingested.Partials(block), now)));
  }

  private Task task() {
    return Objects.requireNonNull(task);
  }
}
