package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.CellSum;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * Adds leaf cells up to all other cuboids.
 *
 * <p>A cuboid is added up from the smallest one that has all its dimensions, not from the leaves:
 * with the default cuboids only one in three is walked to from the leaves. Used by one thread; its
 * tables, one per step from the leaves, are used again.
 */
final class RollUps {

  /** Rows numbered without letting readers in. */
  private static final int ROWS_AT_ONCE = 2_048;

  private static final int LEAVES = 0;

  private final int[] masks;

  /** By cuboid: the one it is added up from. */
  private final int[] parents;

  private final CellTable[] tables;

  /** Rows by the cell that they are added up to. */
  private final Grouped rows = new Grouped();

  private final CellSum sum = new CellSum();

  /** Takes the cells of one cuboid; they are its own only until it returns. */
  @FunctionalInterface
  interface Taker {
    void cuboid(int mask, CellTable cells);
  }

  /**
   * @param cuboids the leaves' first, each once
   */
  RollUps(List<Set<Dimension>> cuboids) {
    masks = cuboids.stream().mapToInt(RollUps::maskOf).toArray();
    parents = new int[masks.length];
    int depth = 0;
    for (int i = 1; i < masks.length; i++) {
      parents[i] = smallestAbove(masks[i]);
    }
    for (int i = 1; i < masks.length; i++) {
      depth = Math.max(depth, depth(i));
    }
    tables = new CellTable[depth];
    for (int i = 0; i < depth; i++) {
      tables[i] = new CellTable();
    }
  }

  static int maskOf(Set<Dimension> dimensions) {
    int mask = 0;
    for (Dimension dimension : dimensions) {
      mask |= 1 << dimension.ordinal();
    }
    return mask;
  }

  /** Cuboids, the leaves' first. */
  int[] masks() {
    return masks;
  }

  int leafMask() {
    return masks[LEAVES];
  }

  /** The cuboid that one other than the leaves' is added up from. */
  int parentOf(int mask) {
    for (int i = 1; i < masks.length; i++) {
      if (masks[i] == mask) {
        return masks[parents[i]];
      }
    }
    throw new IllegalArgumentException("nothing is added up to cuboid %d".formatted(mask));
  }

  /**
   * Hands over the cells of every cuboid, the leaves first.
   *
   * @param lock held while slices are numbered
   */
  void of(CellTable leaves, SliceIndex index, Lock lock, Taker taker) {
    taker.cuboid(masks[LEAVES], leaves);
    below(LEAVES, leaves, 0, index, lock, taker);
  }

  private void below(
      int cuboid, CellTable cells, int depth, SliceIndex index, Lock lock, Taker taker) {
    for (int child = 1; child < masks.length; child++) {
      if (parents[child] == cuboid) {
        CellTable sums = tables[depth];
        sums.clear();
        add(cells, masks[child], sums, index, lock);
        taker.cuboid(masks[child], sums);
        below(child, sums, depth + 1, index, lock, taker);
      }
    }
  }

  private void add(CellTable cells, int mask, CellTable sums, SliceIndex index, Lock lock) {
    group(cells, mask, sums, index, lock);
    rows.order(cells.size(), sums.size());
    for (int group = 0; group < sums.size(); group++) {
      int from = rows.start(group);
      int to = rows.start(group + 1);
      if (to - from == 1) {
        sums.merge(group, cells, rows.rowAt(from));
      } else {
        for (int i = from; i < to; i++) {
          sum.add(cells, rows.rowAt(i));
        }
        sum.moveTo(sums, group);
      }
    }
  }

  /** Opens a row for each cell of the cuboid; notes which rows are to be added up to it. */
  private void group(CellTable cells, int mask, CellTable sums, SliceIndex index, Lock lock) {
    rows.reserve(cells.size());
    int row = 0;
    while (row < cells.size()) {
      int to = Math.min(cells.size(), row + ROWS_AT_ONCE);
      lock.lock();
      try {
        for (; row < to; row++) {
          rows.put(row, sums.row(index.rolledUp(cells.sliceAt(row), mask)));
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private int smallestAbove(int mask) {
    int smallest = LEAVES;
    for (int i = 1; i < masks.length; i++) {
      boolean isAbove = masks[i] != mask && (masks[i] & mask) == mask;
      if (isAbove && Integer.bitCount(masks[i]) < Integer.bitCount(masks[smallest])) {
        smallest = i;
      }
    }
    return smallest;
  }

  private int depth(int cuboid) {
    int depth = 0;
    for (int at = cuboid; at != LEAVES; at = parents[at]) {
      depth++;
    }
    return depth;
  }
}
