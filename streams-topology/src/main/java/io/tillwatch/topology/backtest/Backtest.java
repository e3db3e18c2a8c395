package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Lookout;
import io.tillwatch.topology.detect.WatchPlan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Runs a recording through a {@link Lookout} in event time: each minute is closed before the next
 * is read, so that nothing from the future is known.
 */
final class Backtest {

  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final String TENANT = "backtest";

  private final CubeNames names;
  private final Instant start;
  private final Lookout auths;
  private final Lookout webhooks;
  private final Sides sides;
  private final Map<String, FoundIncident> found = new LinkedHashMap<>();
  private final Onlooker onlooker;
  private int minutes;
  private boolean hasBegun;
  private long cpuNanos;

  private Backtest(Recording recording, WatchPlan plan, Sides sides, Onlooker onlooker) {
    this.names = recording.names();
    this.start = recording.start();
    this.sides = sides;
    this.onlooker = onlooker;
    this.auths = new Lookout(plan, TENANT, EventKind.AUTH);
    this.webhooks = new Lookout(plan, TENANT, EventKind.WEBHOOK);
  }

  /**
   * What came of a run.
   *
   * @param cpuMicrosPerTick CPU time of the watch for each minute closed
   */
  record Outcome(List<FoundIncident> incidents, int minutes, double cpuMicrosPerTick) {}

  /**
   * Runs a recording.
   *
   * @param onlooker sees what the watch saw, minute by minute
   * @param progress is told each minute that is done
   */
  static Outcome run(Recording recording, WatchPlan plan, Onlooker onlooker, IntConsumer progress)
      throws IOException {
    try (Sides sides = Sides.of(recording)) {
      Backtest backtest = new Backtest(recording, plan, sides, onlooker);
      recording.read((minute, counts) -> {
        backtest.close(minute, counts);
        progress.accept(minute);
      });
      return new Outcome(
          new ArrayList<>(backtest.found.values()),
          backtest.minutes,
          backtest.cpuNanos / 1e3 / backtest.minutes);
    }
  }

  private void close(int minute, LeafCounts counts) throws IOException {
    sides.read(minute, counts);
    // Minutes before the first event were not recorded: they are no silence, and teach nothing.
    hasBegun |= counts.size() > 0;
    if (hasBegun) {
      closeRecorded(minute, counts);
    }
  }

  private void closeRecorded(int minute, LeafCounts counts) {
    long at = start.toEpochMilli() + minute * MINUTE_MILLIS;
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long end = at + MINUTE_MILLIS;
    List<Burst> bursts =
        new ArrayList<>(
            auths.closeMinute(at, counts, sides.latency(), sides.reasons(), end).bursts());
    auths.drainState();
    if (sides.hasWebhooks()) {
      bursts.addAll(webhooks.closeMinute(at, sides.webhooks(), end).bursts());
      webhooks.drainState();
    }
    cpuNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    minutes++;
    onlooker.closed(minute, counts, auths.beliefs());
    bursts.forEach(burst -> take(burst, minute));
  }

  /** What a report calls the KPI. */
  private static String channelOf(Burst burst) {
    if (burst.getKind() == EventKind.WEBHOOK) {
      return "webhook";
    }
    return burst.getKpi() == Kpi.REASON_MIX
        ? "decline_mix"
        : burst.getKpi().name().toLowerCase(Locale.ROOT);
  }

  private void take(Burst burst, int minute) {
    boolean isNew = !found.containsKey(burst.getBurstId());
    FoundIncident incident =
        found.computeIfAbsent(
            burst.getBurstId(), id -> new FoundIncident(channelOf(burst), minute));
    incident.tell(
        minute,
        burst.getRootCells().stream().map(cell -> names.cell(cell.getSlice())).sorted().toList(),
        (int) (Duration.between(start, burst.getOnsetAt()).toMinutes()),
        burst.getConfidence());
    if (burst.getState() == BurstState.CLOSED) {
      incident.close(minute);
    }
    if (isNew) {
      onlooker.opened(incident, roots(burst));
    }
  }

  private static List<Slice> roots(Burst burst) {
    return burst.getRootCells().stream().map(cell -> Slice.of(cell.getSlice())).toList();
  }
}
