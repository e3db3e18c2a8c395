package io.tillwatch.triage.pagerduty;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.wire.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who signed a webhook: {@code v1=<hex of HMAC-SHA256 over the body>}, several with commas while a
 * secret is replaced. Immutable and thread-safe.
 *
 * @see <a
 *     href="https://developer.pagerduty.com/docs/verifying-webhook-signatures">developer.pagerduty.com/docs/verifying-webhook-signatures</a>
 */
final class Signatures {

  static final String HEADER = "X-PagerDuty-Signature";

  /** One for each secret of a subscription; far more than are ever live. */
  private static final int SIGNATURES_MAX = 16;

  private static final int HEADER_MAX = 4 * 1024;
  private static final String VERSION = "v1=";

  private final List<Secret> secrets;

  Signatures(List<Secret> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** Whether any of the signatures is of one of our secrets; in constant time for one length. */
  boolean match(byte[] body, @Nullable String header) {
    if (header == null || header.length() > HEADER_MAX) {
      return false;
    }
    List<byte[]> shown = new ArrayList<>();
    for (String one : header.split(",", SIGNATURES_MAX + 1)) {
      String signature = one.strip();
      if (signature.startsWith(VERSION)) {
        shown.add(signature.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8));
      }
    }
    boolean match = false;
    for (Secret secret : secrets) {
      byte[] ours = hex(secret, body).getBytes(StandardCharsets.UTF_8);
      for (byte[] theirs : shown) {
        match |= MessageDigest.isEqual(ours, theirs);
      }
    }
    return match;
  }

  private static String hex(Secret secret, byte[] body) {
    return HexFormat.of().formatHex(Hmac.with(secret.reveal()).of(body));
  }
}
