package io.tillwatch.triage.webhook;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.wire.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys that webhooks are signed with: one, or two while receivers change from one to the other.
 *
 * <p>The signature is HMAC-SHA256 over {@code id.timestamp.body}, in base64 behind {@code v1,}; one
 * for each key, the first key's first, separated by spaces.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">
 *     Standard Webhooks</a>
 */
final class SigningKeys {

  /** Keys in use at a time. */
  static final int KEYS_MAX = 2;

  /** What a key begins with; base64 follows. */
  static final String PREFIX = "whsec_";

  /** Bytes of a key, as the standard has them. */
  static final int BYTES_MIN = 24;

  static final int BYTES_MAX = 64;

  static final String EXPECTED =
      "one or two of %s and the base64 of %d to %d bytes, separated by a space"
          .formatted(PREFIX, BYTES_MIN, BYTES_MAX);

  private final List<Hmac> keys;

  private SigningKeys(List<Hmac> keys) {
    this.keys = keys;
  }

  /**
   * Reads the keys of a secret, separated by spaces.
   *
   * @throws IllegalArgumentException saying what was expected and nothing of what was found
   */
  static SigningKeys of(Secret secret) {
    List<Hmac> keys = new ArrayList<>();
    for (String written : written(secret)) {
      keys.add(Hmac.with(bytes(written)));
    }
    if (keys.size() > KEYS_MAX) {
      throw new IllegalArgumentException("%d keys, expected %s".formatted(keys.size(), EXPECTED));
    }
    return new SigningKeys(keys);
  }

  /** The keys as they are written. */
  static List<String> written(Secret secret) {
    return List.of(secret.reveal().strip().split("\\s+"));
  }

  private static byte[] bytes(String written) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(written.substring(written.indexOf('_') + 1));
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (!written.startsWith(PREFIX) || key.length < BYTES_MIN || key.length > BYTES_MAX) {
      throw new IllegalArgumentException("not a signing key, expected " + EXPECTED);
    }
    return key;
  }

  /** The header {@code webhook-signature}. */
  String signature(String id, long timestampSeconds, byte[] body) {
    byte[] head = "%s.%d.".formatted(id, timestampSeconds).getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(key.of(head, body)))
        .collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return "%d signing keys".formatted(keys.size());
  }
}
