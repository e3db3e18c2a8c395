package io.tillwatch.load.peers;

import io.tillwatch.load.bench.recount.CellKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * PSP, BIN and region of a cell, empty where rolled up: what the work is partitioned by. Kept as
 * bytes, a length and UTF-8 each, as it also travels; hashed once. Immutable.
 */
public final class Slice {

  private final byte[] bytes;
  private final int hash;

  /** Keeps the bytes. */
  public Slice(byte[] bytes) {
    this.bytes = bytes;
    hash = Interned.hash(bytes, 0, bytes.length);
  }

  /** As it travels; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The cell of this slice in a minute. */
  public CellKey cell(long minuteMillis) {
    int bin = 1 + bytes[0];
    int region = bin + 1 + bytes[bin];
    return new CellKey(minuteMillis, text(0), text(bin), text(region));
  }

  private String text(int at) {
    return new String(bytes, at + 1, bytes[at], StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || (o instanceof Slice other && hash == other.hash && Arrays.equals(bytes, other.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return cell(0).toString();
  }
}
