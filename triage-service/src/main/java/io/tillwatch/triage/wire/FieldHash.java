package io.tillwatch.triage.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over fields one after the other: texts as UTF-8 with their length in bytes before them (4
 * bytes), whole numbers as 8 bytes, both big-endian; of a map its size, then keys and values by
 * key. For one thread.
 */
public final class FieldHash {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a text. */
  public FieldHash text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    bytes.writeBytes(utf8);
    return this;
  }

  /** Adds a whole number. */
  public FieldHash number(long number) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  /** Adds counts by name. */
  public FieldHash counts(Map<String, Long> counts) {
    number(counts.size());
    new TreeMap<>(counts).forEach((name, count) -> text(name).number(count));
    return this;
  }

  /** The hash of what was added, in hex. */
  public String hex() {
    return hex(bytes.toByteArray());
  }

  /** SHA-256 of bytes, in hex. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }

  /** SHA-256 of bytes. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
