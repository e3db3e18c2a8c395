package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads addresses that requests go to: http or https, nothing in them that may be a secret. */
final class WebAddress {

  private WebAddress() {}

  /** The address; empty when the key is not set or set to nothing. */
  static Optional<URI> optional(Settings settings, String key) {
    String text = settings.text(key, "").strip();
    Optional<URI> uri = parsed(text);
    if (uri.isEmpty() && !text.isEmpty()) {
      settings.reject(
          key, shown(text), "an absolute http or https address without user, query and fragment");
    }
    return uri;
  }

  private static Optional<URI> parsed(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      return web && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Not what may be a password. */
  private static String shown(String text) {
    return text.contains("@") || text.contains("?") ? "not of that form" : "'" + text + "'";
  }
}
