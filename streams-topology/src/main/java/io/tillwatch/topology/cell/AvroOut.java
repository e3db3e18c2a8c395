package io.tillwatch.topology.cell;

import java.util.Arrays;

/** Bytes being written in Avro's binary encoding, in one growing array that is used again. */
final class AvroOut {

  static final int LONG_BYTES_MAX = 10;

  private byte[] bytes;
  private int size;

  AvroOut(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** An int, a long, an enum's or a union's index. */
  void number(long value) {
    room(LONG_BYTES_MAX);
    size = number(bytes, size, value);
  }

  /** The same into bytes with room for it; returns where the next goes. */
  static int number(byte[] to, int at, long value) {
    return varint(to, at, value << 1 ^ value >> 63);
  }

  /** A length or count as sketches write it, never negative; returns where the next goes. */
  static int varint(byte[] to, int at, long value) {
    int next = at;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to[next++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    to[next++] = (byte) rest;
    return next;
  }

  void bool(boolean value) {
    raw((byte) (value ? 1 : 0));
  }

  void raw(byte value) {
    room(1);
    bytes[size++] = value;
  }

  void raw(byte[] more, int length) {
    room(length);
    System.arraycopy(more, 0, bytes, size, length);
    size += length;
  }

  void raw(AvroOut other) {
    raw(other.bytes, other.size);
  }

  /** A string or bytes. */
  void text(byte[] utf8) {
    number(utf8.length);
    raw(utf8, utf8.length);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  static int varintBytes(long value) {
    return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
  }

  /**
   * Makes room for so many bytes and returns the bytes it is in, from {@link #size} on. Whoever
   * writes many small things there, with the place in a local variable, ends with {@link #end}.
   */
  byte[] room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
    return bytes;
  }

  /** All before this place is written. */
  void end(int at) {
    size = at;
  }
}
