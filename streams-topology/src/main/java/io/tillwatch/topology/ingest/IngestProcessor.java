package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.SliceIndex;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cell.Verdict;
import io.tillwatch.topology.combine.Combiner;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.delivery.Deliveries;
import io.tillwatch.topology.delivery.Value;
import io.tillwatch.topology.ingest.seen.Dedupe;
import io.tillwatch.topology.ingest.seen.DedupeSettings;
import io.tillwatch.topology.ingest.seen.Seen;
import io.tillwatch.topology.ingest.seen.SeenEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
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
  private final EventDoor careful;
  private final DeadLetters deadLetters;
  private final long allowedLatenessMillis;
  private final long keptMillis;

  /** Events between the door and their cells: side by side, they wait for memory together. */
  private final EventView[] group = new EventView[Dedupe.EXPECTED_MAX];

  private @Nullable Task task;

  /** What a task has from {@link #init} on. */
  private record Task(
      ProcessorContext<String, Ingested> context,
      Dedupe seen,
      IngestLedger ledger,
      Door door,
      Combiner combiner,
      Reading reading) {}

  IngestProcessor(Ingest ingest, InstantSource clock) {
    this.ingest = ingest;
    this.clock = clock;
    this.careful = ingest.door();
    this.deadLetters = new DeadLetters(ingest.hashKey());
    this.allowedLatenessMillis = ingest.settings().allowedLateness().toMillis();
    this.keptMillis = ingest.kept().toMillis();
    Arrays.setAll(group, i -> new EventView());
  }

  /**
   * Starts anew: also called again when a task is revived, with its stores rolled back; what was in
   * memory is read again.
   */
  @Override
  public void init(ProcessorContext<String, Ingested> of) {
    int partition = of.taskId().partition();
    Combiner combiner = ingest.combine().combiner(partition);
    task =
        new Task(
            of,
            dedupe(of),
            new IngestLedger(of.getStateStore(Ingest.LEDGER_STORE), partition, ingest.metrics()),
            new Door(careful, combiner.index(), ingest.binRanges().resolver(of)),
            combiner,
            ingest.reading(partition));
    ingest.metrics().seen(of.taskId(), task.seen.counts());
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
    for (int from = 0; from < deliveries.size(); from += group.length) {
      take(kind, deliveries, from, now);
    }
    here.reading.done(kind, deliveries);
    if (!ingest.combine().leavesAtCommit()) {
      commit();
    } else if (here.combiner.isFull()) {
      forwardPartials();
    }
    deliveries.letGo();
  }

  /** Takes as many deliveries as a group has room for. */
  private void take(EventKind kind, Deliveries deliveries, int from, long now) {
    Door door = task().door;
    int to = Math.min(deliveries.size(), from + group.length);
    int size = 0;
    for (int i = from; i < to; i++) {
      Value value = deliveries.value(i);
      boolean isIn = door.admit(kind, value, now, group[size]);
      if (!isIn && door.isFull()) {
        admit(size);
        size = 0;
        forwardPartials();
        task().combiner.index().clear();
        isIn = door.admit(kind, value, now, group[size]);
      }
      if (isIn) {
        size++;
      } else {
        refuse(door.refusal(), kind, deliveries, i, now);
      }
    }
    admit(size);
  }

  private void refuse(
      EventDoor.Invalid invalid, EventKind kind, Deliveries deliveries, int index, long now) {
    task().ledger.deadLettered(kind, invalid.refusal().reason());
    Ingested refused = new Ingested.Refused(deadLetters.letter(invalid, deliveries, index, now));
    task().context.forward(new Record<>(deliveries.topic(), refused, now));
  }

  /** Each step for all events of a group, so that what memory is slow to give comes together. */
  private void admit(int size) {
    Dedupe seen = task().seen;
    SliceIndex index = task().combiner.index();
    for (int i = 0; i < size; i++) {
      EventView event = group[i];
      event.expected = seen.expect(event.kind, event.id, event.idFrom, event.idLength);
      index.expect(event.codes);
    }
    seen.prepare();
    for (int i = 0; i < size; i++) {
      EventView event = group[i];
      event.slice = index.number(event.codes);
      task().combiner.expect(event.kind, event.eventTimeMillis, event.slice);
    }
    for (int i = 0; i < size; i++) {
      admit(group[i]);
    }
  }

  private void admit(EventView event) {
    EventKind kind = event.kind;
    long eventTime = event.eventTimeMillis;
    IngestLedger counts = task().ledger;
    Dedupe seen = task().seen;
    Seen before = seen.look(event.expected, eventTime, event.value);
    if (before != Seen.NEW) {
      counts.duplicate(kind, before == Seen.CONFLICT);
    } else if (isLate(kind, eventTime, counts)) {
      counts.late(kind);
    } else {
      seen.remember();
      counts.accepted(kind, eventTime, event.redacted);
      count(event);
    }
  }

  /** Behind its kind, or so far behind all kinds that nobody keeps its time any more. */
  private boolean isLate(EventKind kind, long eventTime, IngestLedger counts) {
    return eventTime < counts.maxEventTimeMillis(kind) - allowedLatenessMillis
        || eventTime < counts.maxEventTimeMillis() - keptMillis;
  }

  private void count(EventView event) {
    Combiner combiner = task().combiner;
    CellTable cells = combiner.cells(event.kind, event.eventTimeMillis);
    int row = cells.row(event.slice);
    boolean success = Verdict.of(event.kind, event.outcome) == Verdict.SUCCESS;
    cells.addEvent(row, event.outcome, event.reason, event.attempt == 1);
    cells.addMoney(row, event.currency, event.amountMinor, success);
    if (event.latencyMillis != Tally.NO_LATENCY) {
      cells.addLatency(row, event.latencyMillis);
    }
  }

  private void tick(long wallClockMillis) {
    Task here = task();
    here.combiner.tick(wallClockMillis, here.reading::isAtEnd);
    if (!ingest.combine().leavesAtCommit()) {
      forwardPartials(); // there are none: only to say who is idle
    }
  }

  private Dedupe dedupe(ProcessorContext<String, Ingested> of) {
    DedupeSettings settings = ingest.settings().dedupe();
    return settings.on()
        ? SeenEvents.restored(of.getStateStore(Ingest.SEEN_STORE), settings)
        : Dedupe.OFF;
  }

  @Override
  public void close() {
    Task here = task;
    if (here != null) {
      ingest.metrics().seenNoMore(here.context.taskId());
    }
  }

  private void commit() {
    Task here = task();
    here.seen.commit();
    ingest.metrics().seen(here.context.taskId(), here.seen.counts());
    here.ledger.commit();
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
