package io.tillwatch.triage.gateway.redact;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What was compressed as gzip or zlib before it was encoded.
 *
 * @param isCut whether there is more than is unpacked: a few bytes may stand for gigabytes, and
 *     something else may follow
 */
record Inflated(String text, boolean isCut) {

  private static final int BYTES_MAX = 1 << 14;

  /** Texts of people are seldom packed tighter. */
  private static final int TIMES_MAX = 32;

  private static final int GZIP_HEADER = 10;

  /** Checksum and length behind gzip, and what is left over of an encoding. */
  private static final int TRAILER_MAX = 8 + 2;

  private static final int NAMED = 1 << 3;
  private static final int DICTIONARY = 1 << 5;

  /** Unpacks bytes; null when they are not packed. */
  static @Nullable Inflated of(byte[] bytes, int size) {
    if (size <= GZIP_HEADER || !isGzip(bytes) && !isZlib(bytes)) {
      return null;
    }
    int from = isGzip(bytes) ? behindHeader(bytes, size) : 0;
    Inflater inflater = new Inflater(from > 0);
    byte[] out = new byte[Math.min(BYTES_MAX, size * TIMES_MAX)];
    int length = 0;
    try {
      inflater.setInput(bytes, from, size - from);
      int read = 1;
      while (read > 0 && length < out.length) {
        read = inflater.inflate(out, length, out.length - length);
        length += read;
      }
    } catch (DataFormatException damaged) {
      // Of gzip, what came before may be read all the same.
    }
    boolean finished = inflater.finished();
    boolean more = finished ? inflater.getRemaining() > TRAILER_MAX : length == out.length;
    inflater.end();
    // Text may begin as zlib does.
    boolean known = finished || more || from > 0 && length > 0;
    return known ? new Inflated(new String(out, 0, length, StandardCharsets.UTF_8), more) : null;
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes[0] == 0x1F && (bytes[1] & 0xFF) == 0x8B && bytes[2] == 8;
  }

  private static boolean isZlib(byte[] bytes) {
    return bytes[0] == 0x78 && (0x7800 | bytes[1] & 0xFF) % 31 == 0 && (bytes[1] & DICTIONARY) == 0;
  }

  private static int behindHeader(byte[] bytes, int size) {
    int at = GZIP_HEADER;
    if (bytes[3] == NAMED) {
      while (at < size && bytes[at] != 0) {
        at++;
      }
      at++;
    }
    return Math.min(at, size);
  }
}
