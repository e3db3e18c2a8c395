package io.tillwatch.topology.cube;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The cube's metrics. Thread-safe. */
public final class CubeMetrics {

  /** PSPs with a success rate of their own among the metrics, per kind; further ones have none. */
  static final int PSPS_MAX = 64;

  /** Closed minutes for which a PSP without a judged event keeps the success rate it had. */
  static final int RATE_KEPT_MINUTES = 15;

  private static final String SUCCESS_RATE = "tillwatch.success.rate";

  private final MeterRegistry registry;
  private final Map<Place, Value> gauges = new ConcurrentHashMap<>();
  private final Map<EventKind, Integer> psps = new ConcurrentHashMap<>();
  private final Map<EventKind, Long> closedMinutes = new ConcurrentHashMap<>();

  private record Place(String name, EventKind kind, String psp) {}

  /** What a gauge shows; NaN when it is not known. Written by the thread that has the kind. */
  private static final class Value {
    private volatile double current = Double.NaN;
    private volatile long minute;

    void set(long closedMinute, double value) {
      minute = closedMinute;
      current = value;
    }

    void forget() {
      current = Double.NaN;
    }
  }

  public CubeMetrics(MeterRegistry registry) {
    this.registry = registry;
    // There from the start at 0: a panel must not be empty because nothing has happened yet.
    for (EventKind kind : EventKind.values()) {
      written(kind, 0);
      for (BurstState state : BurstState.values()) {
        bursts(kind, state);
      }
    }
  }

  void written(EventKind kind, int cells) {
    counter("tillwatch.cube.cells.written", kind).increment(cells);
  }

  /** Cells that were read or written for a coarser rung. */
  void compacted(EventKind kind, Rung rung, int cells) {
    Counter.builder("tillwatch.cube.cells.compacted")
        .tag("kind", label(kind))
        .tag("rung", rung.label())
        .register(registry)
        .increment(cells);
  }

  /** Cells that came so late that the store has dropped their time. */
  void expired(EventKind kind, int cells) {
    counter("tillwatch.cube.cells.expired", kind).increment(cells);
  }

  /** Partial cells counted under "other" because a value of theirs found no room. */
  void folded(EventKind kind, Dimension dimension, long cells) {
    if (cells > 0) {
      Counter.builder("tillwatch.cube.cells.folded")
          .tag("kind", label(kind))
          .tag("dimension", dimension.label())
          .register(registry)
          .increment(cells);
    }
  }

  /** Empty minutes that nobody looked at because there were too many in a row. */
  void skipped(EventKind kind, long minutes) {
    counter("tillwatch.cube.minutes.skipped", kind).increment(minutes);
  }

  /** Broken slices that an objective did not tell in a minute because others were surer. */
  void untold(EventKind kind, int slices) {
    counter("tillwatch.detect.objective.slices.untold", kind).increment(slices);
  }

  void watermark(EventKind kind, long watermarkMillis) {
    gauge("tillwatch.cube.watermark.seconds", kind, "").set(0, watermarkMillis / 1_000d);
  }

  void burst(Burst burst) {
    bursts(burst.getKind(), burst.getState()).increment();
  }

  private Counter bursts(EventKind kind, BurstState state) {
    return Counter.builder("tillwatch.detect.bursts")
        .tag("kind", label(kind))
        .tag("state", label(state))
        .register(registry);
  }

  /** Success rates per PSP of a minute that was closed; those of PSPs long without one go. */
  void closed(EventKind kind, CellTable leaves, SliceIndex index) {
    long minute = closedMinutes.merge(kind, 1L, Long::sum);
    Dictionary values = index.values(Dimension.PSP);
    long[] successes = new long[values.size() + 1];
    long[] failures = new long[values.size() + 1];
    for (int row = 0; row < leaves.size(); row++) {
      int psp = index.code(leaves.sliceAt(row), Dimension.PSP);
      successes[psp] += leaves.successes(row, kind);
      failures[psp] += leaves.failures(row, kind);
    }
    for (int psp = 1; psp <= values.size(); psp++) {
      long judged = successes[psp] + failures[psp];
      if (judged > 0 && hasRoom(kind, values.value(psp))) {
        gauge(SUCCESS_RATE, kind, values.value(psp)).set(minute, (double) successes[psp] / judged);
      }
    }
    gauges.forEach((place, gauge) -> {
      if (place.kind == kind
          && place.name.equals(SUCCESS_RATE)
          && minute - gauge.minute >= RATE_KEPT_MINUTES) {
        gauge.forget();
      }
    });
  }

  /** The kind has moved: whoever has it now knows its values. */
  void withdraw(EventKind kind) {
    gauges.forEach((place, gauge) -> {
      if (place.kind == kind) {
        gauge.forget();
      }
    });
  }

  private boolean hasRoom(EventKind kind, String psp) {
    return gauges.containsKey(new Place(SUCCESS_RATE, kind, psp))
        || psps.merge(kind, 1, Integer::sum) <= PSPS_MAX;
  }

  private Counter counter(String name, EventKind kind) {
    return Counter.builder(name).tag("kind", label(kind)).register(registry);
  }

  private Value gauge(String name, EventKind kind, String psp) {
    return gauges.computeIfAbsent(
        new Place(name, kind, psp),
        place -> {
          Value value = new Value();
          Gauge.Builder<?> gauge =
              Gauge.builder(name, value, v -> v.current).tag("kind", label(kind));
          (psp.isEmpty() ? gauge : gauge.tag("psp", psp)).register(registry);
          return value;
        });
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
