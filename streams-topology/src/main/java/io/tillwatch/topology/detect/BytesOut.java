package io.tillwatch.topology.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes what a watch remembers: variable-length numbers, exact doubles, counted texts. */
final class BytesOut {

  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  /** Forgets all; keeps its room. */
  void clear() {
    size = 0;
  }

  /** Bytes of the other one, as they are. */
  BytesOut add(BytesOut other, int from, int until) {
    int length = until - from;
    room(length);
    System.arraycopy(other.bytes, from, bytes, size, length);
    size += length;
    return this;
  }

  /** Bytes that {@link #number} takes. */
  static int sizeOf(long number) {
    return (Long.SIZE + 6 - Long.numberOfLeadingZeros(number | 1)) / 7;
  }

  BytesOut u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** A number that is rarely negative, 1 to 10 bytes. */
  BytesOut number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  BytesOut real(double value) {
    long bits = Double.doubleToLongBits(value);
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  BytesOut single(float value) {
    int bits = Float.floatToIntBits(value);
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  BytesOut text(String value) {
    return block(value.getBytes(StandardCharsets.UTF_8));
  }

  BytesOut block(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  BytesOut reals(double[] values, int count) {
    number(count);
    for (int i = 0; i < count; i++) {
      real(values[i]);
    }
    return this;
  }

  BytesOut singles(float[] values, int count) {
    number(count);
    for (int i = 0; i < count; i++) {
      single(values[i]);
    }
    return this;
  }

  BytesOut numbers(long[] values) {
    number(values.length);
    for (long value : values) {
      number(value);
    }
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
