package io.tillwatch.standalone.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.cube.EventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The site's public HTTP API, read from inside the process. Thread-safe. */
public final class SiteApi implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int INCIDENTS_MAX = 1000;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI url;

  SiteApi(URI url) {
    this.url = url;
  }

  /** What became of the records: received = accepted + duplicates + late + dead-lettered. */
  public record Ingested(
      long received, long accepted, long duplicates, long late, long deadLettered) {}

  /** Exact tallies of the door; empty while the topology cannot answer. */
  public Optional<Ingested> ingested() {
    return get("/api/v1/ingest")
        .map(a ->
            new Ingested(
                a.path("received").asLong(),
                a.path("accepted").asLong(),
                a.path("duplicates").asLong(),
                a.path("late").asLong(),
                a.path("deadLettered").asLong()));
  }

  /** Whether the minutes of a kind before a moment are closed, judged and settled. */
  public boolean settled(EventKind kind, Instant before) {
    String query =
        "/api/v1/cells?kind=%s&step=all&from=%s&to=%s"
            .formatted(
                kind.name().toLowerCase(Locale.ROOT), before.minus(Duration.ofMinutes(1)), before);
    return get(query).filter(answer -> !answer.path("provisional").asBoolean(true)).isPresent();
  }

  /** All incidents, open or not, the oldest first. */
  public List<JsonNode> incidents() {
    List<JsonNode> found = new ArrayList<>();
    get("/api/v1/incidents?state=all&limit=" + INCIDENTS_MAX)
        .ifPresent(answer -> answer.path("incidents").forEach(found::add));
    found.sort(
        Comparator.comparing((JsonNode i) -> i.path("startedAt").asText())
            .thenComparing(i -> i.path("id").asText()));
    return found;
  }

  /** The answer to a query; empty when the site cannot answer now. */
  public Optional<JsonNode> get(String pathAndQuery) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(pathAndQuery)).timeout(PATIENCE).build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 200
          ? Optional.of(json.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the site does not answer at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
