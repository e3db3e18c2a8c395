package io.tillwatch.triage.outside;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request to an outside system.
 *
 * @param path what follows the base address, from its slash, query included
 * @param headers by name; values may be secrets, so they are not shown
 * @param limit whose limit it counts against; null for none
 */
public record Ask(
    String method,
    String path,
    Map<String, String> headers,
    BodyPublisher body,
    @Nullable Limit limit) {

  /**
   * A limit of the other side.
   *
   * @param name what is limited, for example a route's name; no secret
   */
  public record Limit(String name, Rate rate) {}

  public Ask {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path '%s', expected to begin with /".formatted(path));
    }
    headers = Map.copyOf(headers);
  }

  /** A request without a body. */
  public static Ask get(String path) {
    return new Ask("GET", path, Map.of(), BodyPublishers.noBody(), null);
  }

  /** A request with a JSON body. */
  public static Ask json(String method, String path, String json) {
    return new Ask(
        method,
        path,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        BodyPublishers.ofString(json),
        null);
  }

  /** The same with one more header. */
  public Ask with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Ask(method, path, more, body, limit);
  }

  /** The same, counted against this limit. */
  public Ask within(Limit counted) {
    return new Ask(method, path, headers, body, counted);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
