package io.tillwatch.topology.cube;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The cube's metrics. Thread-safe. */
public final class CubeMetrics {

  /** PSPs with a success rate of their own among the metrics, per kind; further ones have none. */
  static final int PSPS_MAX = 64;

  private final MeterRegistry registry;
  private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();
  private final Map<EventKind, Integer> psps = new ConcurrentHashMap<>();

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

  /** Cells that came so late that the store has dropped their time. */
  void expired(EventKind kind, int cells) {
    counter("tillwatch.cube.cells.expired", kind).increment(cells);
  }

  /** Empty minutes that nobody looked at because there were too many in a row. */
  void skipped(EventKind kind, long minutes) {
    counter("tillwatch.cube.minutes.skipped", kind).increment(minutes);
  }

  void watermark(EventKind kind, long watermarkMillis) {
    gauge("tillwatch.cube.watermark.seconds", kind, "").set(watermarkMillis / 1_000d);
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

  /** Success rates per PSP of a minute that was closed. */
  void closed(EventKind kind, Map<Slice, Tally> leaves) {
    Map<String, long[]> rates = new HashMap<>();
    leaves.forEach((leaf, tally) -> {
      long[] rate =
          rates.computeIfAbsent(String.valueOf(leaf.get(Dimension.PSP)), p -> new long[2]);
      rate[0] += tally.successes(kind);
      rate[1] += tally.judged(kind);
    });
    rates.forEach((psp, rate) -> {
      if (rate[1] > 0 && hasRoom(kind, psp)) {
        gauge("tillwatch.success.rate", kind, psp).set((double) rate[0] / rate[1]);
      }
    });
  }

  private boolean hasRoom(EventKind kind, String psp) {
    return gauges.containsKey("tillwatch.success.rate" + kind + psp)
        || psps.merge(kind, 1, Integer::sum) <= PSPS_MAX;
  }

  private Counter counter(String name, EventKind kind) {
    return Counter.builder(name).tag("kind", label(kind)).register(registry);
  }

  private AtomicReference<Double> gauge(String name, EventKind kind, String psp) {
    return gauges.computeIfAbsent(
        name + kind + psp,
        key -> {
          AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
          Gauge.Builder<?> gauge =
              Gauge.builder(name, value, AtomicReference::get).tag("kind", label(kind));
          (psp.isEmpty() ? gauge : gauge.tag("psp", psp)).register(registry);
          return value;
        });
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
