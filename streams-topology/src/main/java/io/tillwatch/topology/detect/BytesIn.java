package io.tillwatch.topology.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link BytesOut} wrote. */
final class BytesIn {

  private final byte[] bytes;
  private final int format;
  private int at;

  BytesIn(byte[] bytes, int from) {
    this(bytes, from, Journal.FORMAT);
  }

  /**
   * Reads what an earlier release may have written.
   *
   * @param format of the {@link Journal} entry that held the bytes
   */
  BytesIn(byte[] bytes, int from, int format) {
    this.bytes = bytes;
    this.at = from;
    this.format = format;
  }

  int format() {
    return format;
  }

  void seek(int position) {
    at = position;
  }

  int position() {
    return at;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  int u8() {
    return bytes[need(1)] & 0xFF;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalStateException("a number of more than 10 bytes before byte " + at);
  }

  int count() {
    return Math.toIntExact(number());
  }

  double real() {
    long bits = 0;
    int from = need(8);
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | bytes[from + i] & 0xFF;
    }
    return Double.longBitsToDouble(bits);
  }

  float single() {
    int bits = 0;
    int from = need(4);
    for (int i = 0; i < 4; i++) {
      bits = bits << 8 | bytes[from + i] & 0xFF;
    }
    return Float.intBitsToFloat(bits);
  }

  String text() {
    return new String(block(), StandardCharsets.UTF_8);
  }

  byte[] block() {
    int length = count();
    int from = need(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  void skipBlock() {
    need(count());
  }

  double[] reals() {
    double[] values = new double[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = real();
    }
    return values;
  }

  float[] singles() {
    float[] values = new float[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = single();
    }
    return values;
  }

  long[] numbers() {
    long[] values = new long[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number();
    }
    return values;
  }

  private int need(int length) {
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalStateException(
          "%d bytes expected at byte %d of %d".formatted(length, at, bytes.length));
    }
    int from = at;
    at += length;
    return from;
  }
}
