package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads addresses that requests go to: http or https, nothing in them that may be a secret. */
public final class WebAddress {

  private WebAddress() {}

  /** What an address has to be, for people. */
  public static final String EXPECTED =
      "an absolute http or https address without user, query and fragment";

  /** The address; empty when the key is not set or set to nothing. */
  public static Optional<URI> optional(Settings settings, String key) {
    String text = settings.text(key, "").strip();
    Optional<URI> uri = parsed(text);
    if (uri.isEmpty() && !text.isEmpty()) {
      settings.reject(key, shown(text), EXPECTED);
    }
    return uri;
  }

  /** The address that a text is; empty when it is none that is taken. */
  public static Optional<URI> parsed(String text) {
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

  /** A rejected text for a message; not what may be a password. */
  public static String shown(String text) {
    return text.contains("@") || text.contains("?") ? "not of that form" : "'" + text + "'";
  }
}
