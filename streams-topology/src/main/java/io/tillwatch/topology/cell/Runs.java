package io.tillwatch.topology.cell;

import java.util.Arrays;

/**
 * A short list of longs for each row, all of them in one array.
 *
 * <p>A row's list lies in a piece of a power of two; when it is full it moves to a larger piece,
 * and the old one is handed to the next row that asks for that size. Not thread-safe.
 */
final class Runs {

  private static final int CLASSES = 31;
  private static final int NOWHERE = -1;

  private final int smallest;
  private final int[] free = new int[CLASSES];
  long[] pool;
  private int top;
  private int[] starts;
  private int[] lengths;
  private byte[] classes;

  /**
   * @param smallest log2 of the size of a row's first piece
   * @param rows expected
   */
  Runs(int smallest, int rows) {
    this.smallest = smallest;
    pool = new long[rows << smallest];
    starts = new int[rows];
    lengths = new int[rows];
    classes = new byte[rows];
    Arrays.fill(free, NOWHERE);
  }

  /** Makes room for rows up to this number. */
  void reserve(int rows) {
    starts = Arrays.copyOf(starts, rows);
    lengths = Arrays.copyOf(lengths, rows);
    classes = Arrays.copyOf(classes, rows);
  }

  /** Starts a new row with an empty list. */
  void open(int row) {
    starts[row] = allocate(smallest);
    lengths[row] = 0;
    classes[row] = (byte) smallest;
  }

  /** Where a row's list begins in the pool; valid until something is inserted. */
  int start(int row) {
    return starts[row];
  }

  int length(int row) {
    return lengths[row];
  }

  /** Opens a gap of so many longs in a row's list; returns where in the pool. */
  int insert(int row, int offset, int longs) {
    int length = lengths[row];
    if (length + longs > 1 << classes[row]) {
      move(row);
    }
    int at = starts[row] + offset;
    System.arraycopy(pool, at, pool, at + longs, length - offset);
    lengths[row] = length + longs;
    return at;
  }

  /**
   * Makes a row's empty list so many longs long, which are to be set; returns where in the pool.
   */
  int fill(int row, int longs) {
    int needed = longs <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(longs - 1);
    if (needed > classes[row]) {
      int before = starts[row];
      pool[before] = free[classes[row]];
      free[classes[row]] = before;
      starts[row] = allocate(needed);
      classes[row] = (byte) needed;
    }
    lengths[row] = longs;
    return starts[row];
  }

  void clear() {
    top = 0;
    Arrays.fill(free, NOWHERE);
  }

  long bytes() {
    return (long) pool.length * Long.BYTES + (long) starts.length * (2 * Integer.BYTES + 1);
  }

  private void move(int row) {
    int before = starts[row];
    int size = classes[row];
    int to = allocate(size + 1);
    System.arraycopy(pool, before, pool, to, lengths[row]);
    pool[before] = free[size];
    free[size] = before;
    starts[row] = to;
    classes[row] = (byte) (size + 1);
  }

  private int allocate(int size) {
    int reused = free[size];
    if (reused != NOWHERE) {
      free[size] = (int) pool[reused];
      return reused;
    }
    int at = top;
    top += 1 << size;
    if (top > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(top, pool.length * 2));
    }
    return at;
  }
}
