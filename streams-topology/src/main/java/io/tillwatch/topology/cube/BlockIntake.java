package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.BlockReader;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges blocks of partials into the cells of one kind: those of open minutes into their tables,
 * those of sealed minutes into tables of late cells, which wait for the commit. The one place that
 * folds what finds no room. Used by the task's thread.
 */
final class BlockIntake implements BlockReader.Sink {

  private static final Set<Dimension> KEPT_FIRST = EnumSet.of(Dimension.PSP, Dimension.REGION);
  private static final Set<Dimension> KEPT_LAST = EnumSet.noneOf(Dimension.class);
  private static final int DIMENSIONS = Dimension.ALL.size();

  private final OpenMinutes minutes;
  private final Members members;
  private final int leavesMax;
  private final TreeMap<Long, CellTable> late = new TreeMap<>();
  private final int[] codes = new int[DIMENSIONS];

  /** Partial cells by dimension in which they were folded, since that was last asked. */
  private final long[] folded = new long[DIMENSIONS];

  // What was seen of the block being merged.
  private long oldestKeptMillis;
  private boolean restoring;
  private long minuteMillis;
  private long oldestMillis;
  private long newestMillis;
  private long newestOpenMillis;
  private int skipped;

  /**
   * @param leavesMax leaf cells of one minute
   */
  BlockIntake(OpenMinutes minutes, Members members, int leavesMax) {
    this.minutes = minutes;
    this.members = members;
    this.leavesMax = leavesMax;
  }

  /**
   * Merges a block.
   *
   * @param oldestKept cells of earlier minutes are left out
   */
  CellBlocks.Head take(byte[] block, long oldestKept) {
    restoring = false;
    return merge(block, oldestKept);
  }

  /** Merges what a stored block has of open minutes. */
  void restore(byte[] block, long oldestKept) {
    restoring = true;
    merge(block, oldestKept);
  }

  private CellBlocks.Head merge(byte[] block, long oldestKept) {
    oldestKeptMillis = oldestKept;
    oldestMillis = Long.MAX_VALUE;
    newestMillis = Long.MIN_VALUE;
    newestOpenMillis = Long.MIN_VALUE;
    skipped = 0;
    minutes.lock().lock();
    try {
      return minutes.numbering().reader().read(block, this);
    } finally {
      minutes.lock().unlock();
    }
  }

  /** Oldest minute of the last block that was not left out; {@link Long#MAX_VALUE} for none. */
  long oldestMillis() {
    return oldestMillis;
  }

  /** Newest minute of the last block that was not left out; {@link Long#MIN_VALUE} for none. */
  long newestMillis() {
    return newestMillis;
  }

  /** Newest open minute of the last block; {@link Long#MIN_VALUE} for none. */
  long newestOpenMillis() {
    return newestOpenMillis;
  }

  /** Cells of the last block that were left out. */
  int leftOut() {
    return skipped;
  }

  /** Cells of sealed minutes, by minute, since the last commit. */
  Map<Long, CellTable> late() {
    return late;
  }

  /** Partial cells that were folded in a dimension since this was last asked. */
  long takeFolded(Dimension dimension) {
    long count = folded[dimension.ordinal()];
    folded[dimension.ordinal()] = 0;
    return count;
  }

  @Override
  public @Nullable CellTable table(long minute) {
    boolean isOpen = minute >= minutes.sealedToMillis();
    if (minute < oldestKeptMillis || restoring && !isOpen) {
      return null;
    }
    minuteMillis = minute;
    oldestMillis = Math.min(oldestMillis, minute);
    newestMillis = Math.max(newestMillis, minute);
    if (isOpen) {
      newestOpenMillis = Math.max(newestOpenMillis, minute);
      return minutes.at(minute);
    }
    return late.computeIfAbsent(minute, m -> minutes.spareTable());
  }

  @Override
  public void skipped() {
    skipped++;
  }

  @Override
  public int code(Dimension dimension, String value, Dictionary values) {
    long minute = restoring ? Members.SEEN_BEFORE : minuteMillis;
    return members.code(dimension, value, values, minute);
  }

  @Override
  public int slice(CellTable table, int slice) {
    if (members.full() != 0) {
      countFolded(slice);
    }
    return hasRoom(table, slice, leavesMax) ? slice : folded(table, slice);
  }

  private static boolean hasRoom(CellTable table, int slice, long cellsMax) {
    return table.size() < cellsMax || table.find(slice) >= 0;
  }

  private int folded(CellTable table, int slice) {
    int first = folded(slice, KEPT_FIRST);
    return hasRoom(table, first, 2L * leavesMax) ? first : folded(slice, KEPT_LAST);
  }

  /** A slice with "other" in all dimensions that are not kept; to be called with the lock held. */
  private int folded(int slice, Set<Dimension> kept) {
    SliceIndex index = minutes.numbering().index();
    for (Dimension dimension : Dimension.ALL) {
      codes[dimension.ordinal()] =
          kept.contains(dimension)
              ? index.code(slice, dimension)
              : index.values(dimension).codeOf(Members.OTHER);
    }
    return index.number(codes);
  }

  private void countFolded(int slice) {
    SliceIndex index = minutes.numbering().index();
    for (int rest = members.full(); rest != 0; rest &= rest - 1) {
      Dimension dimension = Dimension.ALL.get(Integer.numberOfTrailingZeros(rest));
      int other = index.values(dimension).find(Members.OTHER);
      folded[dimension.ordinal()] += index.code(slice, dimension) == other ? 1 : 0;
    }
  }

  /** The late cells of a minute, folded as those of a minute that has so many leaves stored. */
  CellTable foldLate(CellTable cells, int stored, Stored isStored) {
    if (stored + cells.size() <= leavesMax) {
      return cells;
    }
    CellTable fit = minutes.spareTable();
    int added = 0;
    for (int row = 0; row < cells.size(); row++) {
      int slice = cells.sliceAt(row);
      boolean known = fit.find(slice) >= 0 || isStored.has(slice);
      if (!known && stored + added >= leavesMax) {
        slice = foldLate(fit, slice, stored + added, isStored);
        known = fit.find(slice) >= 0 || isStored.has(slice);
      }
      added += known ? 0 : 1;
      fit.merge(fit.row(slice), cells, row);
    }
    return fit;
  }

  private int foldLate(CellTable fit, int slice, int leaves, Stored isStored) {
    minutes.lock().lock();
    try {
      int first = folded(slice, KEPT_FIRST);
      boolean hasRoom = leaves < 2L * leavesMax || fit.find(first) >= 0 || isStored.has(first);
      return hasRoom ? first : folded(slice, KEPT_LAST);
    } finally {
      minutes.lock().unlock();
    }
  }

  /** Says whether a minute has a leaf stored. */
  @FunctionalInterface
  interface Stored {
    boolean has(int slice);
  }
}
