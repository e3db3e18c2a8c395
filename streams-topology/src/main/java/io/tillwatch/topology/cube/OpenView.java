package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellSum;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import io.tillwatch.topology.cell.Tally;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What one reader sees of the open minutes of a kind. To be closed. */
final class OpenView implements AutoCloseable {

  private static final int DIMENSIONS = Dimension.ALL.size();

  private final OpenMinutes of;
  private final Lock lock;
  private final SliceIndex index;
  private final List<Minute> minutes;
  private final long sealedToMillis;

  /** The reader's own numbers of the cuboid's slices, and their cells. */
  private final SliceIndex groups = new SliceIndex();

  private final CellTable sums = new CellTable();
  private final CellSum sum = new CellSum();
  private final int[] codes = new int[DIMENSIONS];

  /** An open minute. */
  record Minute(long startMillis, CellTable leaves) {}

  OpenView(OpenMinutes of, SliceIndex index, List<Minute> minutes, long sealedToMillis) {
    this.of = of;
    this.lock = of.lock();
    this.index = index;
    this.minutes = minutes;
    this.sealedToMillis = sealedToMillis;
  }

  /** Minutes before then are to be read from disk. */
  long sealedToMillis() {
    return sealedToMillis;
  }

  /** Hands over the cells of a cuboid that the wanted slice covers; returns whether to go on. */
  boolean scan(int mask, Slice wanted, CubeReader.Visitor visitor) {
    for (Minute minute : minutes) {
      groups.clear();
      sums.clear();
      int passed = addUp(minute.leaves, mask, wanted);
      if (!visitor.passed(passed) || !handOver(minute.startMillis, visitor)) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many rows were looked at for nothing. */
  private int addUp(CellTable leaves, int mask, Slice wanted) {
    int passed = 0;
    int row = 0;
    boolean more = true;
    int single = -1;
    while (more) {
      lock.lock();
      try {
        SliceIndex.Pattern pattern = index.covered(wanted);
        if (pattern == null) {
          return leaves.size();
        }
        int to = Math.min(leaves.size(), row + OpenMinutes.ROWS_PASSED_AT_ONCE);
        for (int found = 0; row < to && found < OpenMinutes.ROWS_AT_ONCE; row++) {
          int slice = leaves.sliceAt(row);
          if (!index.matches(slice, pattern)) {
            passed++;
            continue;
          }
          found++;
          if (wanted.mask() == mask) {
            single = groups.number(codes(slice, mask));
            sum.add(leaves, row);
          } else {
            sums.merge(sums.row(groups.number(codes(slice, mask))), leaves, row);
          }
        }
        more = row < leaves.size();
      } finally {
        lock.unlock();
      }
    }
    if (single >= 0) {
      sum.moveTo(sums, sums.row(single));
    }
    return passed;
  }

  private int[] codes(int slice, int mask) {
    index.codes(slice, codes);
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      codes[dimension] = (mask & 1 << dimension) == 0 ? Dictionary.ROLLED_UP : codes[dimension];
    }
    return codes;
  }

  private boolean handOver(long minuteMillis, CubeReader.Visitor visitor) {
    Slice[] slices = new Slice[Math.min(sums.size(), OpenMinutes.ROWS_AT_ONCE)];
    Tally[] tallies = new Tally[slices.length];
    for (int from = 0; from < sums.size(); from += slices.length) {
      int size = Math.min(slices.length, sums.size() - from);
      lock.lock();
      try {
        for (int i = 0; i < size; i++) {
          slices[i] = slice(sums.sliceAt(from + i));
          tallies[i] = sums.tally(from + i, index.currencies());
        }
      } finally {
        lock.unlock();
      }
      for (int i = 0; i < size; i++) {
        if (!visitor.cell(minuteMillis, slices[i], tallies[i])) {
          return false;
        }
      }
    }
    return true;
  }

  private Slice slice(int group) {
    @Nullable String[] values = new @Nullable String[DIMENSIONS];
    for (Dimension dimension : Dimension.ALL) {
      int code = groups.code(group, dimension);
      values[dimension.ordinal()] =
          code == Dictionary.ROLLED_UP ? null : index.values(dimension).value(code);
    }
    return Slice.at(values);
  }

  @Override
  public void close() {
    of.leave();
  }
}
