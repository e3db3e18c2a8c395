package io.tillwatch.triage.api;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.rulebook.RulesInForce;
import io.tillwatch.triage.view.IncidentView;
import io.tillwatch.triage.view.OpenGauges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The server on a free port over a view that a test fills. */
final class TriageOverHttp implements AutoCloseable {

  final IncidentView incidents = new IncidentView();
  final CompositeMeterRegistry metrics = new CompositeMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private final TriageServer server;
  volatile boolean loaded = true;
  volatile boolean streams = true;

  TriageOverHttp(String cellsUrl) {
    new OpenGauges(incidents).bindTo(metrics);
    TriageDoor door =
        new TriageDoor(
            incidents,
            () -> loaded,
            InstantSource.fixed(Samples.ONSET.plus(Duration.ofMinutes(12))),
            cellsUrl,
            RulesInForce.defaults(),
            () -> Map.of("streams", streams));
    server = TriageServer.start("127.0.0.1", 0, door, metrics);
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
