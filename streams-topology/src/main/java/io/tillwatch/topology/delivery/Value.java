package io.tillwatch.topology.delivery;

import java.util.Arrays;

/**
 * The value of a record where it lies: some bytes of a larger array, next to the values that came
 * before and after it. What it says holds until its {@link Deliveries} are let go; then the same
 * object may stand for another value. Not thread-safe.
 */
public final class Value {

  final Shelf shelf;
  int from;
  int length;

  Value(Shelf shelf, int from, int length) {
    this.shelf = shelf;
    this.from = from;
    this.length = length;
  }

  /** All of an array, which is not copied. */
  public static Value of(byte[] bytes) {
    return within(bytes, 0, bytes.length);
  }

  /** Some bytes of an array, which is not copied. */
  public static Value within(byte[] bytes, int from, int length) {
    return new Value(new Shelf(bytes), from, length);
  }

  /** What it lies in. */
  public byte[] bytes() {
    return shelf.bytes;
  }

  /** Where it begins in {@link #bytes}. */
  public int from() {
    return from;
  }

  /** How many bytes it has. */
  public int length() {
    return length;
  }

  /** An array of its own, for what is looked at rarely. */
  public byte[] copy() {
    return Arrays.copyOfRange(shelf.bytes, from, from + length);
  }
}
