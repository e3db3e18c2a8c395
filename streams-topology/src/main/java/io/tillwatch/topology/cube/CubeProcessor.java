package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.detect.Findings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** One task of the cube: the kinds of event whose blocks meet here. */
final class CubeProcessor implements Processor<String, byte[], String, SpecificRecord> {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final Cube cube;
  private final Map<EventKind, KindCube> kinds = new EnumMap<>(EventKind.class);
  private @Nullable ProcessorContext<String, SpecificRecord> context;
  private @Nullable CubeStores stores;

  CubeProcessor(Cube cube) {
    this.cube = cube;
  }

  /** Starts anew: also called again when a task is revived, with its stores rolled back. */
  @Override
  public void init(ProcessorContext<String, SpecificRecord> of) {
    close();
    context = of;
    CubeStores found = new CubeStores(of, cube.settings());
    stores = found;
    // First how far all kinds are: the stores forget by the newest of them.
    for (EventKind kind : EventKind.values()) {
      byte @Nullable [] progress = found.state().get(KindCube.progressKey(kind));
      found.seen(progress == null ? Progress.NONE : Progress.newestMinuteIn(progress));
    }
    for (EventKind kind : EventKind.values()) {
      if (found.state().get(KindCube.progressKey(kind)) != null) {
        kindCube(kind);
      }
    }
    if (cube.writesAtCommit()) {
      CommitHook hook = of.getStateStore(Cube.COMMIT_HOOK);
      hook.onCommit(of, this::commit);
    }
    of.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, wallClock -> tick());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    EventKind kind = Combine.kindOf(record.key());
    if (cube.blocks().kindIn(record.value()) == kind) {
      kindCube(kind).take(record.value());
    } else {
      kindCube(kind).owe(record.value()); // also before the first event of the kind that is owed
    }
    commitUnlessHooked();
  }

  private void tick() {
    Objects.requireNonNull(stores).mark();
    kinds.values().forEach(kind -> kind.tick(cube.clock().millis()));
    commitUnlessHooked();
  }

  /** Without the hook nothing may be left undone between calls: any of them may be the last. */
  private void commitUnlessHooked() {
    if (!cube.writesAtCommit()) {
      commit();
    }
  }

  private void commit() {
    kinds.values().forEach(KindCube::commit);
  }

  @Override
  public void close() {
    kinds.values().forEach(KindCube::close);
    kinds.keySet().forEach(cube.board()::withdraw);
    kinds.keySet().forEach(cube.metrics()::withdraw);
    kinds.clear();
  }

  private KindCube kindCube(EventKind kind) {
    return kinds.computeIfAbsent(
        kind, k -> new KindCube(cube, k, Objects.requireNonNull(stores), this::forward));
  }

  private void forward(Findings findings) {
    findings.anomalies().forEach(this::forward);
    findings.bursts().forEach(this::forward);
  }

  private void forward(SpecificRecord finding) {
    Objects.requireNonNull(context)
        .forward(new Record<>(cube.tenant(), finding, cube.clock().millis()));
  }
}
