package io.tillwatch.triage.gateway.redact;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was compressed as gzip or zlib before it was encoded: its beginning, not all of it.
 */
final class Inflated {

  /** Longest text that is unpacked; a few bytes may stand for gigabytes. */
  private static final int BYTES_MAX = 1 << 14;

  /** Text for people is seldom packed tighter. */
  private static final int TIMES_MAX = 32;

  private static final int GZIP_HEADER = 10;
  private static final int NAME = 1 << 3;
  private static final int OTHER_FLAGS = 0xFF ^ NAME;

  private Inflated() {}

  /** Whether the bytes begin as compressed ones do. */
  static boolean isPacked(byte[] bytes, int size) {
    return size > GZIP_HEADER && (isGzip(bytes) || isZlib(bytes));
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes[0] == 0x1F && (bytes[1] & 0xFF) == 0x8B && bytes[2] == 8;
  }

  private static boolean isZlib(byte[] bytes) {
    return bytes[0] == 0x78 && ((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF) % 31 == 0;
  }

  /** The text, as far as it can be read; null when there is none. */
  static @Nullable String text(byte[] bytes, int size) {
    int from = isGzip(bytes) ? behindHeader(bytes, size) : 0;
    Inflater inflater = new Inflater(from > 0);
    byte[] out = new byte[Math.min(BYTES_MAX, size * TIMES_MAX)];
    int length = 0;
    try {
      inflater.setInput(bytes, from, size - from);
      int more = 1;
      while (more > 0 && length < out.length) {
        more = inflater.inflate(out, length, out.length - length);
        length += more;
      }
    } catch (DataFormatException damaged) {
      // What came before may be read all the same.
    } finally {
      inflater.end();
    }
    return length == 0 ? null : new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static int behindHeader(byte[] bytes, int size) {
    int at = GZIP_HEADER;
    if ((bytes[3] & OTHER_FLAGS) == 0 && (bytes[3] & NAME) != 0) {
      while (at < size && bytes[at] != 0) {
        at++;
      }
      at++;
    }
    return Math.min(at, size);
  }
}
