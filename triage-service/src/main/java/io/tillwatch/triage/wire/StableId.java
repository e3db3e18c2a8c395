package io.tillwatch.triage.wire;

import java.nio.charset.StandardCharsets;

/** Ids that follow from what they name: what is said twice has the same id. */
public final class StableId {

  private static final int HASH_BYTES = 16;

  private StableId() {}

  /**
   * The id of these parts, for example {@code statuspage-kfaj…}: prefix, hyphen, 32 letters from a
   * to p. It has no digits, so it is never taken for a card number.
   */
  public static String of(String prefix, String... parts) {
    StringBuilder id = new StringBuilder(prefix).append('-');
    byte[] hash = FieldHash.sha256(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < HASH_BYTES; i++) {
      id.append((char) ('a' + (hash[i] >> 4 & 0xf))).append((char) ('a' + (hash[i] & 0xf)));
    }
    return id.toString();
  }
}
