package io.tillwatch.standalone.noise;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cube.CubeSettings;
import io.tillwatch.topology.detect.Findings;
import io.tillwatch.topology.detect.Lookout;
import io.tillwatch.topology.detect.MinuteLeaves;
import io.tillwatch.topology.detect.StateEntry;
import io.tillwatch.topology.detect.TallyLeaves;
import io.tillwatch.topology.ingest.PaymentEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * One kind of event as the cube of production has it: counted into the leaf cells of its minute,
 * looked at every ten seconds of event time while the minute fills, closed a little after it is
 * over. What comes after that is late and not judged. Used by one thread.
 */
final class Counted {

  private static final long MINUTE = 60_000;
  private static final long EARLY_TICK = 10_000;
  private static final long NEVER = Long.MIN_VALUE;

  /** After so long without an event nobody waits for the kind any more. */
  private static final long IDLE_AFTER = Duration.ofSeconds(5).toMillis();

  /** What is owed for a minute is asked for when it is closed, here a little later than there. */
  private static final long CAUSES_KEPT = 5 * MINUTE;

  private static final long GRACE = CubeSettings.DEFAULT.grace().toMillis();
  private static final long SILENCE_AFTER = CubeSettings.DEFAULT.silenceAfter().toMillis();

  private final EventKind kind;
  private final Lookout lookout;
  private final Map<String, byte[]> stored = new HashMap<>();
  private final TreeMap<Long, Map<Slice, Tally>> minutes = new TreeMap<>();
  private final TreeMap<Long, SortedMap<String, Long>> byPsp = new TreeMap<>();
  private long nextToClose = NEVER;
  private long watermark = NEVER;
  private long heardAt = NEVER;
  private long lookedAt = NEVER;
  private boolean anyClosed;
  private long late;
  private boolean early = true;

  Counted(EventKind kind, Lookout lookout) {
    this.kind = kind;
    this.lookout = lookout;
  }

  /** What was counted up to a checkpoint, and goes on from there; what came before it is late. */
  static Counted resumed(EventKind kind, Lookout lookout, Checkpoint.Of of) {
    of.stored().forEach(lookout::restore);
    Counted counted = new Counted(kind, lookout);
    counted.stored.putAll(of.stored());
    counted.nextToClose = of.nextToClose();
    counted.anyClosed = of.nextToClose() != NEVER;
    return counted;
  }

  /** What is to be known to go on from the next minute that closes. */
  Checkpoint.Of checkpoint() {
    return new Checkpoint.Of(stored, nextToClose);
  }

  private void store() {
    for (StateEntry entry : lookout.drainState()) {
      byte[] value = entry.value();
      if (value == null) {
        stored.remove(entry.key());
      } else {
        stored.put(entry.key(), value);
      }
    }
  }

  /** Counts an event that arrived just now. */
  void add(PaymentEvent event, Slice leaf, long nowMillis) {
    long at = event.step().getEventTime().toEpochMilli();
    long minute = at - Math.floorMod(at, MINUTE);
    heardAt = nowMillis;
    watermark = Math.max(watermark, Math.min(at, nowMillis));
    if (nextToClose == NEVER || !anyClosed && minute < nextToClose) {
      nextToClose = minute;
    }
    String psp = leaf.get(Dimension.PSP);
    byPsp
        .computeIfAbsent(minute, m -> new TreeMap<>())
        .merge(psp == null ? Slice.NONE : psp, 1L, Long::sum);
    if (minute < nextToClose) {
      late++;
      return;
    }
    minutes
        .computeIfAbsent(minute, m -> new HashMap<>())
        .computeIfAbsent(leaf, l -> new Tally())
        .add(
            kind,
            event.step().getOutcome(),
            event.step().getReason(),
            event.step().getAttempt(),
            event.step().getCurrency(),
            event.step().getAmountMinor(),
            event.latencyMillis());
  }

  /** Whether minutes are looked at while they fill; otherwise when they are closed. */
  void early(boolean looks) {
    early = looks;
  }

  /** Events too late to be judged. */
  long late() {
    return late;
  }

  /**
   * Closes what is due, and looks at what fills.
   *
   * @param causes by minute: events of another kind that this kind's are owed for, by PSP
   */
  void look(long nowMillis, LongFunction<SortedMap<String, Long>> causes, Consumer<Findings> told) {
    if (nextToClose == NEVER || watermark == NEVER) {
      return;
    }
    if (nowMillis - heardAt >= IDLE_AFTER) {
      watermark = Math.max(watermark, nowMillis - SILENCE_AFTER);
    }
    while (closableAt(nextToClose) <= watermark) {
      Map<Slice, Tally> cells = minutes.remove(nextToClose);
      TallyLeaves leaves =
          new TallyLeaves(kind, cells == null ? Map.of() : cells, causes.apply(nextToClose));
      told.accept(lookout.closeMinute(nextToClose, leaves, closableAt(nextToClose)));
      store();
      nextToClose += MINUTE;
      anyClosed = true;
    }
    byPsp.headMap(nextToClose - CAUSES_KEPT).clear();
    long tick = watermark - Math.floorMod(watermark, EARLY_TICK);
    Map<Slice, Tally> soFar = minutes.get(nextToClose);
    if (early && tick > Math.max(nextToClose, lookedAt)) {
      lookedAt = tick;
      if (soFar != null) {
        told.accept(
            lookout.lookEarly(
                nextToClose,
                new TallyLeaves(kind, soFar),
                Math.min(watermark, closableAt(nextToClose))));
        store();
      }
    }
  }

  private static long closableAt(long minute) {
    return minute + MINUTE + GRACE;
  }

  /** By PSP, what is owed for this kind's events of a minute; empty until they are complete. */
  SortedMap<String, Long> causesOf(long minute) {
    SortedMap<String, Long> before = byPsp.get(minute - MINUTE);
    if (before == null || watermark < minute + MINUTE) {
      return Collections.emptySortedMap();
    }
    return MinuteLeaves.fewer(before, byPsp.getOrDefault(minute, Collections.emptySortedMap()));
  }
}
