package io.tillwatch.schemas.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are well-formed UTF-8 (Unicode 17, table 3-7): no overlong form, no surrogate,
 * nothing above U+10FFFF.
 */
final class Utf8Check {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The bits that no byte of an ASCII text has. */
  private static final long BEYOND_ASCII = 0x8080808080808080L;

  private Utf8Check() {}

  static boolean wellFormed(byte[] bytes, int from, int to) {
    return isAscii(bytes, from, to) || wellFormedByByte(bytes, from, to);
  }

  /** Eight bytes at a time; the last word overlaps, or is looked at beyond the text and masked. */
  private static boolean isAscii(byte[] bytes, int from, int to) {
    int last = to - Long.BYTES;
    for (int i = from; i < last; i += Long.BYTES) {
      if (((long) WORDS.get(bytes, i) & BEYOND_ASCII) != 0) {
        return false;
      }
    }
    if (last >= from) {
      return ((long) WORDS.get(bytes, last) & BEYOND_ASCII) == 0;
    }
    if (from + Long.BYTES <= bytes.length) {
      long beyond = (long) WORDS.get(bytes, from) & BEYOND_ASCII;
      return from == to || beyond << Byte.SIZE * (Long.BYTES - (to - from)) == 0;
    }
    return isAsciiByByte(bytes, from, to);
  }

  private static boolean isAsciiByByte(byte[] bytes, int from, int to) {
    int beyond = 0;
    for (int i = from; i < to; i++) {
      beyond |= bytes[i];
    }
    return beyond >= 0;
  }

  private static boolean wellFormedByByte(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int length = sequenceLength(bytes, i, to);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** Length of the well-formed multi-byte sequence at this place, 0 when it is not one. */
  private static int sequenceLength(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || at + length > to || !secondFits(lead, bytes[at + 1] & 0xFF)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean secondFits(int lead, int second) {
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
  }
}
