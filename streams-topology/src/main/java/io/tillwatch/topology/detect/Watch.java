package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.List;
import java.util.Map;

/** Watches one kind of event of one tenant, minute by minute. Not thread-safe; deterministic. */
public final class Watch {

  static final long MINUTE_MILLIS = 60_000;

  private final WatchSettings settings;
  private final String tenant;
  private final EventKind kind;
  private long last = Long.MIN_VALUE;

  /** A watch that knows nothing yet. */
  public Watch(WatchSettings settings, String tenant, EventKind kind) {
    this.settings = settings;
    this.tenant = tenant;
    this.kind = kind;
  }

  /**
   * Takes one closed minute.
   *
   * @param minuteMillis its start, epoch milliseconds UTC; minutes come in order, each once, the
   *     empty ones too
   * @param leaves its leaf cells
   * @param watermarkMillis event time at which it is closed
   */
  public Findings closeMinute(long minuteMillis, Map<Slice, Tally> leaves, long watermarkMillis) {
    if (minuteMillis % MINUTE_MILLIS != 0 || minuteMillis <= last) {
      throw new IllegalArgumentException(
          "minute %d, expected a full minute after %d".formatted(minuteMillis, last));
    }
    last = minuteMillis;
    return Findings.NONE;
  }

  /** What changed since the last drain, to be stored in the same transaction as the findings. */
  public List<StateEntry> drainState() {
    return List.of();
  }

  /**
   * Takes back one stored entry, before the first minute; in any order. Once all are back the watch
   * behaves exactly as before the stop.
   */
  public void restore(String key, byte[] value) {}

  /** The cells that did worst in the last minutes, worst first. */
  public List<WorstCell> worst(int limit) {
    return List.of();
  }

  @Override
  public String toString() {
    return "watch of %s %s, %s".formatted(tenant, kind, settings);
  }
}
