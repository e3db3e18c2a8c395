package io.tillwatch.load.bench.recount;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Counts by small numbers of which few occur, in order of the number. Not thread-safe. */
final class SparseCounts {

  private static final int[] NO_KEYS = {};
  private static final long[] NO_COUNTS = {};
  private static final int FIRST_SIZE = 2;

  private int[] keys = NO_KEYS;
  private long[] counts = NO_COUNTS;
  private int size;

  void add(int key, long by) {
    int at = Arrays.binarySearch(keys, 0, size, key);
    if (at < 0) {
      at = -at - 1;
      insert(at, key);
    }
    counts[at] += by;
  }

  private void insert(int at, int key) {
    if (size == keys.length) {
      int more = Math.max(FIRST_SIZE, 2 * size);
      keys = Arrays.copyOf(keys, more);
      counts = Arrays.copyOf(counts, more);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    keys[at] = key;
    counts[at] = 0;
    size++;
  }

  void merge(SparseCounts other) {
    if (size == 0) {
      keys = Arrays.copyOf(other.keys, other.size);
      counts = Arrays.copyOf(other.counts, other.size);
      size = other.size;
      return;
    }
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.counts[i]);
    }
  }

  void write(DataOutput out) throws IOException {
    Varints.write(size, out);
    for (int i = 0; i < size; i++) {
      Varints.write(keys[i], out);
      Varints.write(counts[i], out);
    }
  }

  static SparseCounts read(DataInput in) throws IOException {
    SparseCounts read = new SparseCounts();
    int size = (int) Varints.read(in);
    read.keys = new int[size];
    read.counts = new long[size];
    read.size = size;
    for (int i = 0; i < size; i++) {
      read.keys[i] = (int) Varints.read(in);
      read.counts[i] = Varints.read(in);
    }
    return read;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SparseCounts other
        && Arrays.equals(keys, 0, size, other.keys, 0, other.size)
        && Arrays.equals(counts, 0, size, other.counts, 0, other.size);
  }

  @Override
  public int hashCode() {
    return size;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : " ").append(keys[i]).append('x').append(counts[i]);
    }
    return text.toString();
  }
}
