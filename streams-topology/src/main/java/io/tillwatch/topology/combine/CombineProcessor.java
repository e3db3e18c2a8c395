package io.tillwatch.topology.combine;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.ingest.AcceptedEvent;
import io.tillwatch.topology.ingest.Ingested;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One task of the combiner. Partials leave at the commit of their events, or before it within
 * {@code process}, when there are too many: in both cases inside the transaction. When a kind has
 * had no event for a while an empty block says so, again and again: the cube believes what it heard
 * since it started only.
 */
final class CombineProcessor implements Processor<String, Ingested, String, byte[]> {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final Combine combine;
  private final Map<EventKind, Inflow> inflows = new EnumMap<>(EventKind.class);
  private @Nullable ProcessorContext<String, byte[]> context;
  private int cells;

  /** What flows in of one kind. */
  private static final class Inflow {
    final PartialCells partials = new PartialCells();
    final PartialCells.Source source;
    boolean seenSinceTick;
    boolean idle;
    boolean idleToBeSaid;
    long quietSinceMillis = Long.MIN_VALUE; // or since idleness was last to be said

    Inflow(PartialCells.Source source) {
      this.source = source;
    }
  }

  CombineProcessor(Combine combine) {
    this.combine = combine;
  }

  /** Starts anew: also called again when a task is revived; what was in memory is read again. */
  @Override
  public void init(ProcessorContext<String, byte[]> of) {
    context = of;
    cells = 0;
    inflows.clear();
    for (EventKind kind : EventKind.values()) {
      PartialCells.Source source =
          new PartialCells.Source(combine.tenant(), kind, of.taskId().partition());
      inflows.put(kind, new Inflow(source));
    }
    CommitHook hook = of.getStateStore(Combine.COMMIT_HOOK);
    hook.onCommit(of, this::forwardAll);
    of.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, Ingested> record) {
    if (record.value() instanceof AcceptedEvent event) {
      Inflow inflow = Objects.requireNonNull(inflows.get(event.kind()));
      cells += inflow.partials.add(event);
      inflow.seenSinceTick = true;
      inflow.idle = false;
      if (cells >= combine.settings().cellsMax()) {
        forwardAll();
      }
    }
  }

  /** Runs by the wall clock, as silence must; says nothing about events. */
  private void tick(long wallClockMillis) {
    long idleAfterMillis = combine.settings().idleAfter().toMillis();
    for (Inflow inflow : inflows.values()) {
      if (inflow.seenSinceTick || inflow.quietSinceMillis == Long.MIN_VALUE) {
        inflow.seenSinceTick = false;
        inflow.quietSinceMillis = wallClockMillis;
      } else if (wallClockMillis - inflow.quietSinceMillis >= idleAfterMillis) {
        inflow.quietSinceMillis = wallClockMillis;
        inflow.idle = true;
        inflow.idleToBeSaid = true;
      }
    }
  }

  private void forwardAll() {
    for (Inflow inflow : inflows.values()) {
      if (!inflow.partials.isEmpty() || inflow.idleToBeSaid) {
        forward(inflow);
        inflow.idleToBeSaid = false;
      }
    }
    cells = 0;
  }

  private void forward(Inflow inflow) {
    long now = combine.clock().millis();
    String key = combine.keyOf(inflow.source.kind());
    for (byte[] block : inflow.partials.drain(combine.blocks(), inflow.source, inflow.idle, now)) {
      Objects.requireNonNull(context).forward(new Record<>(key, block, now));
    }
  }
}
