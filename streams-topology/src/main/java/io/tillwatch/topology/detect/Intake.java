package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Brings the rows of a minute into the order of the watched leaves, and lets leaves join that were
 * not seen before. Its arrays are used again minute by minute.
 */
final class Intake {

  private static final int NONE = -1;

  private final Leaves watched;
  private final int leavesMax;
  private final Consumer<Slice> joining;

  /** By leaf: its row in this minute. */
  private int[] rowOfLeaf = {};

  private boolean[] isWatched = {};
  private int[] rows = {};
  private int[] leaves = {};
  private int size;
  private long unwatched;

  /**
   * An intake for these leaves.
   *
   * @param leavesMax leaves watched at once; what comes beyond is counted
   * @param joining adds one to them
   */
  Intake(Leaves watched, int leavesMax, Consumer<Slice> joining) {
    this.watched = watched;
    this.leavesMax = leavesMax;
    this.joining = joining;
  }

  /** Watched leaves that had traffic. */
  int size() {
    return size;
  }

  /** The row number i in order of the leaves. */
  int row(int i) {
    return rows[i];
  }

  /** The leaf number i that had traffic, as its index. */
  int leaf(int i) {
    return leaves[i];
  }

  /** Whether this row of the minute belongs to a watched leaf. */
  boolean isWatched(int row) {
    return isWatched[row];
  }

  /** Events of leaves for which there was no room. */
  long unwatched() {
    return unwatched;
  }

  /** Takes a minute; leaves that are new join in order of their names. */
  void take(MinuteLeaves minute) {
    unwatched = 0;
    size = 0;
    watched.numberedAs(minute.epoch());
    reserve(minute.size());
    int strange = 0;
    boolean inOrder = true;
    for (int row = 0; row < minute.size(); row++) {
      int leaf = watched.find(minute, row);
      isWatched[row] = leaf >= 0;
      if (leaf < 0) {
        rows[rows.length - ++strange] = row;
      } else {
        inOrder &= size == 0 || leaf > leaves[size - 1];
        leaves[size] = leaf;
        rows[size++] = row;
      }
    }
    int[] unknown = Arrays.copyOfRange(rows, rows.length - strange, rows.length);
    if (!inOrder) {
      sort();
    }
    join(minute, unknown);
  }

  private void reserve(int needed) {
    if (needed > rows.length) {
      rows = new int[Math.max(needed, rows.length * 3 / 2)];
      leaves = new int[rows.length];
      isWatched = new boolean[rows.length];
    }
  }

  /** One walk over all leaves costs less than sorting: most of them have traffic. */
  private void sort() {
    int known = watched.size();
    if (known > rowOfLeaf.length) {
      rowOfLeaf = new int[known * 3 / 2];
      Arrays.fill(rowOfLeaf, NONE);
    }
    for (int i = 0; i < size; i++) {
      rowOfLeaf[leaves[i]] = rows[i];
    }
    int sorted = 0;
    for (int leaf = 0; sorted < size; leaf++) {
      if (rowOfLeaf[leaf] != NONE) {
        leaves[sorted] = leaf;
        rows[sorted++] = rowOfLeaf[leaf];
        rowOfLeaf[leaf] = NONE;
      }
    }
  }

  private void join(MinuteLeaves minute, int[] unknown) {
    Integer[] byName = Arrays.stream(unknown).boxed().toArray(Integer[]::new);
    if (watched.size() < leavesMax) {
      Arrays.sort(byName, (a, b) -> minute.slice(a).compareTo(minute.slice(b)));
    }
    for (int row : byName) {
      if (watched.size() < leavesMax) {
        leaves[size] = watched.size();
        rows[size++] = row;
        isWatched[row] = true;
        joining.accept(minute.slice(row));
      } else {
        unwatched += minute.events(row);
      }
    }
  }
}
