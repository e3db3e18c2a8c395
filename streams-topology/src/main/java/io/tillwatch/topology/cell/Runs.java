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

  /** The class, log2 of the size of a row's piece, is in the lower bits of the length's int. */
  private static final int CLASS_BITS = 5;

  private static final int CLASS_MASK = (1 << CLASS_BITS) - 1;

  private final int smallest;
  private final int[] free = new int[CLASSES];
  long[] pool;
  private int top;

  /** Two ints per row, side by side as they are needed together: where, and length and class. */
  private int[] places;

  /**
   * @param smallest log2 of the size of a row's first piece
   * @param rows expected
   */
  Runs(int smallest, int rows) {
    this.smallest = smallest;
    pool = new long[rows << smallest];
    places = new int[2 * rows];
    Arrays.fill(free, NOWHERE);
  }

  /** Makes room for rows up to this number. */
  void reserve(int rows) {
    places = Arrays.copyOf(places, 2 * rows);
  }

  /** Starts a new row with an empty list. */
  void open(int row) {
    set(row, allocate(smallest), 0, smallest);
  }

  /** Where a row's list begins in the pool; valid until something is inserted. */
  int start(int row) {
    return places[2 * row];
  }

  /** Reads the beginning of a row's list, for the sake of reading. */
  long touch(int row) {
    return pool[places[2 * row]];
  }

  int length(int row) {
    return places[2 * row + 1] >>> CLASS_BITS;
  }

  private int sizeClass(int row) {
    return places[2 * row + 1] & CLASS_MASK;
  }

  private void set(int row, int start, int length, int sizeClass) {
    places[2 * row] = start;
    places[2 * row + 1] = length << CLASS_BITS | sizeClass;
  }

  /** Opens a gap of so many longs in a row's list; returns where in the pool. */
  int insert(int row, int offset, int longs) {
    int length = length(row);
    if (length + longs > 1 << sizeClass(row)) {
      move(row);
    }
    int at = start(row) + offset;
    System.arraycopy(pool, at, pool, at + longs, length - offset);
    places[2 * row + 1] += longs << CLASS_BITS;
    return at;
  }

  /**
   * Makes a row's empty list so many longs long, which are to be set; returns where in the pool.
   */
  int fill(int row, int longs) {
    int needed = longs <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(longs - 1);
    int start = start(row);
    int size = sizeClass(row);
    if (needed > size) {
      pool[start] = free[size];
      free[size] = start;
      start = allocate(needed);
      size = needed;
    }
    set(row, start, longs, size);
    return start;
  }

  void clear() {
    top = 0;
    Arrays.fill(free, NOWHERE);
  }

  long bytes() {
    return (long) pool.length * Long.BYTES + (long) places.length * Integer.BYTES;
  }

  private void move(int row) {
    int before = start(row);
    int size = sizeClass(row);
    int length = length(row);
    int to = allocate(size + 1);
    System.arraycopy(pool, before, pool, to, length);
    pool[before] = free[size];
    free[size] = before;
    set(row, to, length, size + 1);
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
