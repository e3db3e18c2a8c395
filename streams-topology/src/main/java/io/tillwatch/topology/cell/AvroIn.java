package io.tillwatch.topology.cell;

/**
 * A position in bytes of Avro's binary encoding that Tillwatch itself wrote. What is cut short ends
 * in an {@link IndexOutOfBoundsException}, what is no number in an {@link
 * IllegalArgumentException}.
 */
final class AvroIn {

  private byte[] bytes = {};
  private int position;

  void open(byte[] source, int from) {
    bytes = source;
    position = from;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  byte raw() {
    return bytes[position++];
  }

  long number() {
    long raw = varint();
    return raw >>> 1 ^ -(raw & 1);
  }

  int index() {
    return (int) number();
  }

  boolean bool() {
    return bytes[position++] != 0;
  }

  long varint() {
    byte first = bytes[position++];
    return first >= 0 ? first : longVarint(first);
  }

  private long longVarint(byte first) {
    long value = first & 0x7F;
    for (int shift = 7; shift < Long.SIZE; shift += 7) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 10 bytes in a block of cells");
  }

  /** Moves over so many bytes; returns where they begin. */
  int skip(int length) {
    int from = position;
    if (length < 0 || length > bytes.length - from) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %d, the block ends at %d".formatted(length, from, bytes.length));
    }
    position = from + length;
    return from;
  }

  /** Entries of the next block of an array; 0 at its end. */
  int entries() {
    long count = number();
    if (count < 0) {
      number(); // the block's bytes, for those who skip it
      count = -count;
    }
    return Math.toIntExact(count);
  }
}
