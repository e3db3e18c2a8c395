package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The address of a hook. Who knows it may post there, so that all of it is a secret but its origin.
 */
public final class HookAddress {

  /** What is shorter is no secret, and to hide it would only garble messages. */
  private static final int SECRET_CHARACTERS_MIN = 8;

  private final Secret url;
  private final URI origin;
  private final String path;

  private HookAddress(Secret url, URI origin, String path) {
    this.url = url;
    this.origin = origin;
    this.path = path;
  }

  /** Reads {@code <prefix>.url}, or the file {@code <prefix>.url-file}; empty when not set. */
  public static Optional<HookAddress> from(Settings settings, String prefix) {
    Secret url = settings.secret(prefix + ".url");
    if (!url.isSet()) {
      return Optional.empty();
    }
    Optional<HookAddress> address = parsed(url);
    if (address.isEmpty()) {
      settings.reject(
          prefix + ".url",
          "not of that form",
          "an absolute http or https address without user and fragment");
    }
    return address;
  }

  private static Optional<HookAddress> parsed(Secret url) {
    try {
      URI uri = new URI(url.reveal().strip());
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      if (!web || !plain || uri.getHost() == null) {
        return Optional.empty();
      }
      String origin = uri.getScheme() + "://" + uri.getRawAuthority();
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return Optional.of(new HookAddress(url, URI.create(origin), path + query));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Scheme, host and port. */
  public URI origin() {
    return origin;
  }

  /** What follows the origin, from its slash. */
  public String path() {
    return path;
  }

  /** What must not be seen: the whole, and each part of it that could be what lets one in. */
  public List<Secret> secrets() {
    return Stream.concat(
            Stream.of(url),
            Stream.of(path.split("[/?&=]"))
                .filter(part -> part.length() >= SECRET_CHARACTERS_MIN)
                .map(Secret::of))
        .toList();
  }

  @Override
  public String toString() {
    return origin + "/(hidden)";
  }
}
