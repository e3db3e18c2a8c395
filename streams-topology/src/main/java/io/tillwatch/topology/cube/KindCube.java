package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.detect.Findings;
import io.tillwatch.topology.detect.StateEntry;
import io.tillwatch.topology.detect.Watch;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cube of one kind of event: takes blocks of partials, closes minutes in order, and hands each
 * closed one to the watch. Used by one task.
 */
final class KindCube {

  private static final Logger LOG = LoggerFactory.getLogger(KindCube.class);
  private static final long MINUTE_MILLIS = CellStore.MINUTE_MILLIS;

  /**
   * Minutes closed in one go; the rest follows with the next block or second. A minute costs some
   * milliseconds, and all of a go is in one transaction, which the broker ends after ten seconds.
   */
  static final int CLOSED_AT_ONCE_MAX = 100;

  /** Empty minutes in a row that are closed one by one, a day; of a longer gap only the last. */
  static final int EMPTY_IN_A_ROW_MAX = 1_440;

  /** Seconds that the first task to speak after a silence gives the others to speak too. */
  static final int TICKS_AFTER_SILENCE = 3;

  /** A stream whose newest event is older than this was not live when it fell silent. */
  static final long LIVE_MILLIS = 5 * MINUTE_MILLIS;

  private final Cube cube;
  private final EventKind kind;
  private final CubeStores stores;
  private final KeyValueStore<String, byte[]> stateStore;
  private final Progress progress;
  private final Minutes minutes;
  private final Members members;
  private final Watch watch;
  private final Consumer<Findings> findings;
  private boolean changed;
  private int ticksToWait;

  KindCube(Cube cube, EventKind kind, CubeStores stores, Consumer<Findings> findings) {
    this.cube = cube;
    this.kind = kind;
    this.stores = stores;
    this.stateStore = stores.state();
    this.findings = findings;
    byte @Nullable [] stored = stateStore.get(progressKey(kind));
    this.progress =
        stored == null ? new Progress(cube.sources()) : Progress.of(stored, cube.sources());
    CellStore cells = new CellStore(stores.cells(), cube.blocks(), cube.tenant(), kind);
    this.minutes = new Minutes(cube.settings(), cells, progress.newestMinuteMillis);
    stores.seen(progress.newestMinuteMillis);
    this.members = new Members(stores.members(), kind, cube.settings().retention().toMillis());
    this.watch = new Watch(cube.watchSettings(), cube.tenant(), kind);
    restoreWatch();
  }

  static String progressKey(EventKind kind) {
    return "progress/" + kind;
  }

  private String watchPrefix() {
    return "watch/" + kind + "/";
  }

  private void restoreWatch() {
    String prefix = watchPrefix();
    try (KeyValueIterator<String, byte[]> entries =
        stateStore.range(prefix, prefix + Character.MAX_VALUE)) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        watch.restore(entry.key.substring(prefix.length()), entry.value);
      }
    }
  }

  /** Merges a block and closes what it allows to close. */
  void take(CellBlocks.Block block) {
    CellBlocks.Head head = block.head();
    if (!progress.isKnown(head.sourcePartition())) {
      throw new IllegalStateException(
          ("a block of ingest task %d, expected less than %d: the payment topics have more"
                  + " partitions than the settings say")
              .formatted(head.sourcePartition(), cube.sources()));
    }
    int expired = 0;
    long oldestKept = stores.newestMinuteMillis() - cube.settings().retention().toMillis();
    for (CellBlocks.Cell cell : block.cells()) {
      if (cell.minuteMillis() < oldestKept) {
        expired++;
      } else {
        merge(cell);
      }
    }
    if (expired > 0) {
      cube.metrics().expired(kind, expired);
      LOG.warn("{}: {} cells older than the retention are not counted", kind, expired);
    }
    if (progress.isSilent() && !head.idle()) {
      ticksToWait = TICKS_AFTER_SILENCE;
    }
    progress.hear(head.sourcePartition(), head.watermarkMillis(), head.idle());
    changed = true;
    closeDue();
  }

  private void merge(CellBlocks.Cell cell) {
    long minute = cell.minuteMillis();
    Slice opened = minutes.merge(minute, cell.slice(), cell.tally());
    if (opened != null) {
      members.see(opened, minute);
    }
    stores.seen(minute);
    progress.newestMinuteMillis = Math.max(progress.newestMinuteMillis, minute);
    boolean nothingClosed = progress.watermarkMillis() == Progress.NONE;
    if (progress.nextToCloseMillis == Progress.NONE
        || nothingClosed && minute < progress.nextToCloseMillis) {
      progress.nextToCloseMillis = minute;
    }
  }

  /**
   * Looks at the clock, once a second: when all input is silent and was live, it is the clock that
   * closes.
   */
  void tick(long nowMillis) {
    ticksToWait = Math.max(0, ticksToWait - 1);
    if (progress.isSilent()
        && progress.newestMinuteMillis != Progress.NONE
        && nowMillis - progress.watermarkMillis() <= LIVE_MILLIS) {
      long to = nowMillis - cube.settings().silenceAfter().toMillis();
      if (to > progress.watermarkMillis()) {
        progress.reachedMillis = to;
        changed = true;
      }
    }
    closeDue();
  }

  private void closeDue() {
    long watermark = progress.watermarkMillis();
    if (watermark == Progress.NONE
        || progress.nextToCloseMillis == Progress.NONE
        || ticksToWait > 0) {
      return;
    }
    long closable = watermark - cube.settings().grace().toMillis() - MINUTE_MILLIS;
    skipGap(closable);
    int closed = 0;
    while (progress.nextToCloseMillis <= closable && closed < CLOSED_AT_ONCE_MAX) {
      close(progress.nextToCloseMillis, watermark);
      progress.nextToCloseMillis += MINUTE_MILLIS;
      closed++;
    }
    if (closed > 0) {
      changed = true;
      cube.board().publish(kind, watch.worst(CubeBoard.WORST_MAX));
    }
  }

  /** Nobody learns from a thousand empty minutes in a row: closes only the last of a long gap. */
  private void skipGap(long closable) {
    long gapMax = EMPTY_IN_A_ROW_MAX * MINUTE_MILLIS;
    long next = progress.nextToCloseMillis;
    if (closable - next <= gapMax) {
      return;
    }
    long until = minutes.firstWithCells(next, closable);
    if (until - next > gapMax) {
      long to = until - gapMax;
      progress.nextToCloseMillis = to - Math.floorMod(to, MINUTE_MILLIS);
      long skipped = (progress.nextToCloseMillis - next) / MINUTE_MILLIS;
      cube.metrics().skipped(kind, skipped);
      LOG.warn("{}: {} empty minutes in a row are skipped", kind, skipped);
    }
  }

  private void close(long minuteMillis, long watermarkMillis) {
    Map<Slice, Tally> leaves = minutes.leaves(minuteMillis);
    Findings found = watch.closeMinute(minuteMillis, leaves, watermarkMillis);
    cube.metrics().closed(kind, leaves);
    found.bursts().forEach(cube.metrics()::burst);
    findings.accept(found);
  }

  /** Stores what changed; to be called inside the commit. */
  void commit() {
    if (!changed) {
      return;
    }
    cube.metrics().written(kind, minutes.flush());
    members.forget(progress.watermarkMillis());
    for (StateEntry entry : watch.drainState()) {
      stateStore.put(watchPrefix() + entry.key(), entry.value());
    }
    stateStore.put(progressKey(kind), progress.toBytes());
    cube.metrics().watermark(kind, progress.watermarkMillis());
    changed = false;
  }
}
