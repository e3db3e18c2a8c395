package io.tillwatch.topology.cube;

import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of one kind that are not sealed yet: leaf cells as columns, one table per minute.
 *
 * <p>The task's thread alone changes them, and holds the lock while it adds rows or numbers slices;
 * readers hold it while they read, some thousand rows at a time, and change nothing. The lock is
 * fair: neither side waits for more than one turn of each other thread. What a reader was given
 * stays as it was when its minute is sealed, so that it can read the rest from disk as of the same
 * moment.
 */
final class OpenMinutes implements Numbered {

  /** Rows a reader adds up in one turn: some fifty microseconds. */
  static final int ROWS_AT_ONCE = 1_024;

  /** Rows a reader looks at in one turn, and passes over if they are not wanted: as long. */
  static final int ROWS_PASSED_AT_ONCE = 16 * ROWS_AT_ONCE;

  /** Slices that are numbered before it is asked whether they are still used: 30 MB. */
  static final int SLICES_MAX = 250_000;

  /** Numbered slices per open cell from which they are numbered afresh. */
  private static final int SLICES_PER_CELL_MAX = 8;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final CellBlocks blocks;
  private final TreeMap<Long, CellTable> tables = new TreeMap<>();
  private final SpareTables spare = new SpareTables();
  private Numbering numbering;
  private long sealedToMillis;
  private int readers;
  private volatile long watermarkMillis = Progress.NONE;

  /**
   * @param sealedToMillis start of the first minute that is not sealed
   */
  OpenMinutes(CellBlocks blocks, long sealedToMillis) {
    this.blocks = blocks;
    this.sealedToMillis = sealedToMillis;
    this.numbering = Numbering.of(1, blocks);
  }

  @Override
  public Lock lock() {
    return lock;
  }

  @Override
  public Numbering numbering() {
    return numbering;
  }

  long sealedToMillis() {
    return sealedToMillis;
  }

  /** Event time up to which the cells here have seen the input, committed or not. */
  long watermarkMillis() {
    return watermarkMillis;
  }

  void watermark(long millis) {
    watermarkMillis = millis;
  }

  /** The table of a minute, which is opened if need be; to be called with the lock held. */
  CellTable at(long minuteMillis) {
    return tables.computeIfAbsent(minuteMillis, m -> spareTable());
  }

  /** The leaf cells of an open minute; null when it has none. */
  @Nullable CellTable find(long minuteMillis) {
    return tables.get(minuteMillis);
  }

  /** The oldest open minute with cells; {@link Long#MAX_VALUE} when there is none. */
  long oldestMillis() {
    return tables.isEmpty() ? Long.MAX_VALUE : tables.firstKey();
  }

  /** The first open minute with cells from then on; {@link Long#MAX_VALUE} for none. */
  long firstFrom(long fromMillis) {
    Long first = tables.ceilingKey(fromMillis);
    return first == null ? Long.MAX_VALUE : first;
  }

  int minutes() {
    return tables.size();
  }

  int cells() {
    int cells = 0;
    for (CellTable table : tables.values()) {
      cells += table.size();
    }
    return cells;
  }

  /** Lets go of all minutes before then: from now on they are read from disk. */
  void sealTo(long toMillis) {
    lock.lock();
    try {
      sealedToMillis = Math.max(sealedToMillis, toMillis);
      if (readers == 0) {
        spare.nobodyLooks();
      }
      while (!tables.isEmpty() && tables.firstKey() < toMillis) {
        CellTable table = tables.pollFirstEntry().getValue();
        if (readers == 0) {
          spare.giveBack(table);
        } else {
          spare.giveBackLater(table);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** An empty table, to be given back. */
  CellTable spareTable() {
    return spare.take();
  }

  void giveBack(CellTable table) {
    spare.giveBack(table);
  }

  /** Numbers slices afresh when most of those that have a number are used no more. */
  void forgetSlices() {
    SliceIndex index = numbering.index();
    if (index.size() > SLICES_MAX && index.size() / SLICES_PER_CELL_MAX > cells()) {
      renumber();
    }
  }

  /** Numbers the slices of the open cells afresh, and forgets all other ones. */
  void renumber() {
    Numbering next = Numbering.of(numbering.epoch() + 1, blocks);
    Dictionary currencies = numbering.index().currencies();
    for (int code = 1; code <= currencies.size(); code++) {
      next.index().currencies().codeOf(currencies.value(code));
    }
    lock.lock();
    try {
      for (Map.Entry<Long, CellTable> minute : tables.entrySet()) {
        CellTable from = minute.getValue();
        CellTable to = new CellTable();
        for (int row = 0; row < from.size(); row++) {
          int slice = next.index().number(numbering.index().slice(from.sliceAt(row)));
          to.merge(to.row(slice), from, row);
        }
        minute.setValue(to);
      }
      numbering = next;
    } finally {
      lock.unlock();
    }
  }

  /** The open minutes of a range as of now, and from where on minutes are open. */
  OpenView look(long fromMillis, long toMillis) {
    lock.lock();
    try {
      List<OpenView.Minute> minutes = new ArrayList<>();
      tables.forEach((minute, table) -> {
        if (minute >= fromMillis && minute < toMillis) {
          minutes.add(new OpenView.Minute(minute, table));
        }
      });
      readers++;
      return new OpenView(this, numbering.index(), minutes, sealedToMillis);
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    readers--;
    lock.unlock();
  }
}
