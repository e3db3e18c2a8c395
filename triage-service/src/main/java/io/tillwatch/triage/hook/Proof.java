package io.tillwatch.triage.hook;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.hook.HookSettings.Secrets;
import io.tillwatch.triage.wire.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a webhook comes from whom we listen to. Every comparison takes the same time whatever is
 * shown, and the secret before is good too while one is set.
 */
public final class Proof {

  private static final String GITHUB_PREFIX = "sha256=";
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private Proof() {}

  /**
   * GitHub signs the body.
   *
   * @param signature header {@code X-Hub-Signature-256}; null when there is none
   * @see <a
   *     href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">GitHub,
   *     validating webhook deliveries</a>
   */
  public static boolean github(Secrets secrets, byte[] body, @Nullable String signature) {
    if (signature == null || !signature.startsWith(GITHUB_PREFIX)) {
      return false;
    }
    byte[] shown = signature.substring(GITHUB_PREFIX.length()).getBytes(StandardCharsets.US_ASCII);
    return any(
        secrets,
        secret ->
            MessageDigest.isEqual(
                HexFormat.of().formatHex(hmac(secret, body)).getBytes(StandardCharsets.US_ASCII),
                shown));
  }

  /**
   * GitLab shows the token itself.
   *
   * @param token header {@code X-Gitlab-Token}; null when there is none
   * @see <a href="https://docs.gitlab.com/user/project/integrations/webhooks/">GitLab, webhooks</a>
   */
  public static boolean gitlab(Secrets tokens, @Nullable String token) {
    Secret shown = Secret.of(token);
    return any(tokens, shown::equals);
  }

  /**
   * Alertmanager and Grafana show the token as a bearer's, or as the password of a login.
   *
   * @param authorization header {@code Authorization}; null when there is none
   * @see <a
   *     href="https://prometheus.io/docs/alerting/latest/configuration/#http_config">Alertmanager,
   *     http_config</a>
   */
  public static boolean alerts(Secrets tokens, @Nullable String authorization) {
    Secret shown = authorization == null ? Secret.NONE : shownIn(authorization);
    return any(tokens, shown::equals);
  }

  private static Secret shownIn(String authorization) {
    String lower = authorization.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BEARER)) {
      return Secret.of(authorization.substring(BEARER.length()).strip());
    }
    return lower.startsWith(BASIC)
        ? password(authorization.substring(BASIC.length()).strip())
        : Secret.NONE;
  }

  private static Secret password(String pair) {
    try {
      String login = new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8);
      int colon = login.indexOf(':');
      return colon < 0 ? Secret.NONE : Secret.of(login.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Secret.NONE;
    }
  }

  private static boolean any(Secrets secrets, Predicate<Secret> shown) {
    boolean now = secrets.now().isSet() && shown.test(secrets.now());
    boolean before = secrets.before().isSet() && shown.test(secrets.before());
    return now | before;
  }

  private static byte[] hmac(Secret secret, byte[] body) {
    return Hmac.with(secret.reveal()).of(body);
  }
}
