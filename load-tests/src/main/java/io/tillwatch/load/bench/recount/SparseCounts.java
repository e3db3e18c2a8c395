package io.tillwatch.load.bench.recount;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Counts by small numbers of which few occur, in order of the number. Not thread-safe. */
final class SparseCounts {

  private int[] keys = new int[2];
  private long[] counts = new long[2];
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
      keys = Arrays.copyOf(keys, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    keys[at] = key;
    counts[at] = 0;
    size++;
  }

  void merge(SparseCounts other) {
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.counts[i]);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(size);
    for (int i = 0; i < size; i++) {
      out.writeShort(keys[i]);
      out.writeLong(counts[i]);
    }
  }

  static SparseCounts read(DataInput in) throws IOException {
    SparseCounts read = new SparseCounts();
    int size = in.readUnsignedShort();
    for (int i = 0; i < size; i++) {
      read.add(in.readShort(), in.readLong());
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
