package io.tillwatch.triage.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, the signature under every webhook here. Immutable and thread-safe. */
public final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private Hmac(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Signs with these bytes, at least one. */
  public static Hmac with(byte[] key) {
    return new Hmac(key);
  }

  /** Signs with a secret as it is written, in UTF-8. */
  public static Hmac with(String secret) {
    return new Hmac(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** The 32 bytes that sign these parts, one after the other. */
  public byte[] of(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
    }
  }

  @Override
  public String toString() {
    return "key for " + ALGORITHM; // and not the key
  }
}
