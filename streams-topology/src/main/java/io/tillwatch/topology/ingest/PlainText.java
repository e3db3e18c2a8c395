package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.card.CardNumbers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A text of printable ASCII where it lies in bytes: a byte is a character. Looks at eight bytes at
 * a time, each in its own lane of a long whose upper bit holds an answer. One is used again and
 * again, by one thread.
 */
final class PlainText implements CharSequence {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] NONE = {};
  private static final long EACH = 0x0101010101010101L;
  private static final long UPPER = 0x8080808080808080L;
  private static final int UUID_LENGTH = 36;

  private byte[] bytes = NONE;
  private int from;
  private int length;
  private int digits;

  /**
   * Looks at this text from now on.
   *
   * @return whether it is printable ASCII; if not, nothing else here may be asked
   */
  boolean isPlain(byte[] in, int at, int count) {
    bytes = in;
    from = at;
    length = count;
    digits = 0;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if (!isPlain(word(i))) {
        return false;
      }
    }
    return i == length || isPlain(lastWord(i));
  }

  private boolean isPlain(long word) {
    long odd = word | aboveTo(word, 0x7F) | ~aboveTo(word, 0x20);
    digits += Long.bitCount(digits(word));
    return (odd & UPPER) == 0;
  }

  /** The upper bit of each lane whose byte, below 0x80, is this limit or above it. */
  private static long aboveTo(long word, int limit) {
    return word + (0x80 - limit) * EACH;
  }

  private static long digits(long word) {
    return aboveTo(word, '0') & ~aboveTo(word, '9' + 1) & UPPER;
  }

  private static long hexLetters(long word) {
    long lower = word | 0x20 * EACH;
    return aboveTo(lower, 'a') & ~aboveTo(lower, 'f' + 1) & UPPER;
  }

  private long word(int at) {
    return (long) WORDS.get(bytes, from + at);
  }

  /** The fewer than eight bytes from here, and letters behind them. */
  private long lastWord(int at) {
    int bits = (length - at) * Byte.SIZE;
    long letters = 'x' * EACH << bits;
    if (length >= Long.BYTES) {
      return word(length - Long.BYTES) >>> Long.SIZE - bits | letters;
    }
    long word = 0;
    for (int i = length - 1; i >= at; i--) {
      word = word << Byte.SIZE | bytes[from + i] & 0xFF;
    }
    return word | letters;
  }

  /** Whether there is nothing but spaces. */
  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != ' ') {
        return false;
      }
    }
    return true;
  }

  /** Whether it holds a card number, as a name does. */
  boolean holdsCardAsName() {
    return digits >= CardNumbers.DIGITS_MIN && !isUuidWithLetter() && CardNumbers.isInName(this);
  }

  /** Whether it holds a card number, whatever separates its digits. */
  boolean holdsCard() {
    return digits >= CardNumbers.DIGITS_MIN && CardNumbers.isIn(this);
  }

  /** The most usual id with many digits; {@link CardNumbers} takes it for no card either. */
  private boolean isUuidWithLetter() {
    if (length != UUID_LENGTH) {
      return false;
    }
    long a = word(0);
    long b = word(8);
    long c = word(16);
    long d = word(24);
    long e = word(UUID_LENGTH - Long.BYTES);
    long letters = hexLetters(a) | hexLetters(b) | hexLetters(c) | hexLetters(d) | hexLetters(e);
    return letters != 0
        && isHexBut(a, 0)
        && isHexBut(b, 0x0000FF00000000FFL)
        && isHexBut(c, 0xFF00000000FF0000L)
        && isHexBut(d, 0)
        && isHexBut(e, 0);
  }

  /** Whether the lanes of the mask hold dashes and all others hexadecimal digits. */
  private static boolean isHexBut(long word, long mask) {
    return (word & mask) == ('-' * EACH & mask)
        && (digits(word) | hexLetters(word)) == (UPPER & ~mask);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return (char) bytes[from + index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().subSequence(start, end);
  }

  @Override
  public String toString() {
    return new StringBuilder(length).append(this, 0, length).toString();
  }
}
