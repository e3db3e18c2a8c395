package io.tillwatch.topology.query;

import io.tillwatch.topology.query.Instances.Address;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Puts a query to another instance, which must answer it itself. Thread-safe. */
final class Relay {

  /** Set on relayed queries, to the instance that relays; who gets it never relays again. */
  static final String HEADER = "X-Tillwatch-Relayed-By";

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  /** Bytes of an answer: {@link CellsQuery#LIMIT_MAX} cells of a few kilobytes. */
  static final long ANSWER_BYTES_MAX = 64L << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** What the other instance answered. */
  record Relayed(int status, byte[] body) {}

  /**
   * Asks.
   *
   * @param pathAndQuery as received, still percent-encoded
   * @throws IOException when there was no whole answer in time
   */
  Relayed ask(Address other, String pathAndQuery, Address self) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + other + pathAndQuery))
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/json")
            .header(HEADER, self.toString())
            .build();
    try {
      HttpResponse<byte[]> response =
          client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
      return new Relayed(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + other, e);
    }
  }
}
