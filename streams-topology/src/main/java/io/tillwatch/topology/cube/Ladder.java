package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.cell.CellTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Brings sealed minutes of one kind up to hours and days, a bounded piece of work per commit, and
 * late cells to every rung that has their time already. Used by the task's thread.
 *
 * <p>A rung is written when few late cells come any more, or at once when the finer one is about to
 * forget what it is made of: then nothing newer is written below until it is done.
 */
final class Ladder {

  /** Event time after its end for which an hour takes its late cells where they cost least. */
  static final long SETTLE_MILLIS = 3_600_000;

  /** Cells read in one commit, if so many are due, and a part more: some tenths of a second. */
  static final int READS_AT_ONCE = 100_000;

  /**
   * The same while memory is full of minutes that must not be sealed before the ladder has made
   * room for them: input waits meanwhile. Well below the time that a transaction may take.
   */
  static final int READS_AT_ONCE_WHEN_FULL = 2_000_000;

  private final EventKind kind;
  private final CubeStores stores;
  private final CubeMetrics metrics;
  private final Numbered numbered;
  private final List<Compaction> rungs = new ArrayList<>();

  /** Late leaf cells by span of the lowest rung, since the last commit. */
  private final Map<Long, CellTable> late = new TreeMap<>();

  /**
   * @param numbered numbers the slices of late cells
   */
  Ladder(Cube cube, EventKind kind, CubeStores stores, Numbered numbered) {
    this.kind = kind;
    this.stores = stores;
    this.metrics = cube.metrics();
    this.numbered = numbered;
    RollUps rollUps = new RollUps(cube.settings().cuboids());
    OwnNumbering own = new OwnNumbering(cube.blocks());
    WindowStore<Bytes, byte[]> below = stores.cells();
    for (Rung rung : stores.rungs()) {
      WindowStore<Bytes, byte[]> here = stores.cells(rung);
      Compaction.Cells cells =
          new Compaction.Cells(
              new SealedCells(below, own, cube.tenant(), kind, rollUps.masks()),
              new SealedCells(here, own, cube.tenant(), kind, rollUps.masks()),
              new SealedCells(here, numbered, cube.tenant(), kind, rollUps.masks()));
      RungProgress progress =
          RungProgress.of(stores.state().get(progressKey(kind, rung)), rollUps.masks());
      rungs.add(new Compaction(rung, own, rollUps, cells, progress));
      below = here;
    }
    needs();
  }

  static String progressKey(EventKind kind, Rung rung) {
    return "rung/" + kind + "/" + rung.label();
  }

  /** There are cells of then, on disk or in memory. */
  void comes(long minuteMillis) {
    if (!rungs.isEmpty()) {
      rungs.getFirst().comes(minuteMillis);
      needs();
    }
  }

  /** Takes late leaf cells of a minute, which are in its chunks already. */
  void late(long minuteMillis, CellTable leaves) {
    if (rungs.isEmpty()) {
      return;
    }
    long start = rungs.getFirst().rung().floor(minuteMillis);
    if (rungs.getFirst().has(start)) {
      add(late.computeIfAbsent(start, s -> new CellTable()), leaves);
    }
  }

  private static void add(CellTable into, CellTable cells) {
    for (int row = 0; row < cells.size(); row++) {
      into.merge(into.row(cells.sliceAt(row)), cells, row);
    }
  }

  /** Minutes before then are due whatever the watermark says: their store is about to forget. */
  long urgentToMillis() {
    return rungs.isEmpty() ? Long.MIN_VALUE : urgentToMillis(rungs.getFirst());
  }

  private long urgentToMillis(Compaction lowest) {
    Rung rung = lowest.rung();
    return rung.floor(stores.oldestKeptMillis()) + 2 * rung.span().toMillis();
  }

  /** Whether something is due even if nothing comes: else newer minutes would wait for ever. */
  boolean isUrgent(long sealedToMillis) {
    if (rungs.isEmpty() || rungs.getFirst().doneToMillis() >= urgentToMillis()) {
      return false;
    }
    return sealedToMillis > 0 || rungs.getFirst().neededFromMillis() < urgentToMillis();
  }

  /**
   * Writes late cells, then what is due; to be called when minutes have been sealed.
   *
   * @param oldestOpenMillis the oldest minute that is not sealed and has cells
   * @param isFull whether too much waits in memory for what is done here
   * @return whether more is due
   */
  boolean climb(Progress progress, long oldestOpenMillis, boolean isFull) {
    writeLate();
    if (rungs.isEmpty()) {
      return false;
    }
    int most = isFull ? READS_AT_ONCE_WHEN_FULL : READS_AT_ONCE;
    int reads = 0;
    int read;
    do {
      read = step(progress);
      reads += read;
    } while (read > 0 && reads < most);
    for (Compaction rung : rungs) {
      if (rung.hasChanged()) {
        stores.state().put(progressKey(kind, rung.rung()), rung.takeProgress());
      }
    }
    comes(oldestOpenMillis);
    return isDue(progress);
  }

  private void writeLate() {
    Map<Long, CellTable> cells = late;
    for (Compaction rung : rungs) {
      Map<Long, CellTable> above = new TreeMap<>();
      cells.forEach((millis, leaves) -> {
        long start = rung.rung().floor(millis);
        if (rung.has(start)) {
          add(above.computeIfAbsent(start, s -> new CellTable()), leaves);
        }
      });
      above.forEach((start, leaves) -> {
        comesTo(rung, start);
        metrics.compacted(kind, rung.rung(), rung.late(start, leaves, numbered));
      });
      cells = above;
    }
    late.clear();
  }

  /** Coarsest first: what is fine is not moved on while something still needs it. */
  private int step(Progress progress) {
    for (int i = rungs.size() - 1; i >= 0; i--) {
      Compaction rung = rungs.get(i);
      long before = rung.doneToMillis();
      int read = rung.step(dueToMillis(i, progress), stores.writableToMillis(rung.rung()));
      if (rung.doneToMillis() > before) {
        comesTo(rung, before);
      }
      if (read > 0) {
        metrics.compacted(kind, rung.rung(), read);
        return read;
      }
    }
    return 0;
  }

  /** A span of a rung is there: the one above needs it. */
  private void comesTo(Compaction rung, long startMillis) {
    int above = rungs.indexOf(rung) + 1;
    if (above < rungs.size()) {
      rungs.get(above).comes(startMillis);
      needs();
    }
  }

  private boolean isDue(Progress progress) {
    for (int i = 0; i < rungs.size(); i++) {
      if (rungs.get(i).doneToMillis() < dueToMillis(i, progress)) {
        return true;
      }
    }
    return false;
  }

  private long dueToMillis(int i, Progress progress) {
    Compaction rung = rungs.get(i);
    if (i > 0) {
      return rung.rung().floor(rungs.get(i - 1).doneToMillis());
    }
    long settled = progress.nextToCloseMillis - SETTLE_MILLIS;
    long due = Math.min(progress.sealedToMillis, Math.max(settled, urgentToMillis(rung)));
    return Math.max(0, rung.rung().floor(due));
  }

  private void needs() {
    Rung below = Rung.MINUTE;
    for (Compaction rung : rungs) {
      stores.needs(below, kind, rung.neededFromMillis());
      below = rung.rung();
    }
  }
}
