package io.tillwatch.triage.api;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.hook.HookSettings;
import io.tillwatch.triage.library.Librarian;
import io.tillwatch.triage.library.Library;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.ScriptedModel;
import io.tillwatch.triage.pagerduty.PagerHook;
import io.tillwatch.triage.pagerduty.PagerHookTest;
import io.tillwatch.triage.publish.MemoryPublisher;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.view.IncidentView;
import io.tillwatch.triage.view.OpenGauges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The server on a free port over a view that a test fills. */
final class TriageOverHttp implements AutoCloseable {

  private static final Topics TOPICS = Topics.with(EmbeddedSchemaIds.load(), 1);

  final IncidentView incidents = new IncidentView();
  final CompositeMeterRegistry metrics = new CompositeMeterRegistry();
  final MemoryPublisher published = new MemoryPublisher();
  private final HttpClient client = HttpClient.newHttpClient();
  private final TriageServer server;
  final List<Command> commands = new CopyOnWriteArrayList<>();
  volatile boolean brokerAway;
  volatile boolean loaded = true;
  volatile boolean streams = true;
  volatile Function<Prompt, String> written = TriageOverHttp::noModel;

  TriageOverHttp(String cellsUrl) {
    this(cellsUrl, Secret.NONE, true);
  }

  TriageOverHttp(String cellsUrl, Secret token, boolean loopback) {
    this(cellsUrl, token, loopback, HookSettings.NONE);
  }

  TriageOverHttp(String cellsUrl, Secret token, boolean loopback, HookSettings hooks) {
    this(cellsUrl, token, loopback, hooks, Optional.empty());
  }

  TriageOverHttp(Optional<PromptGateway> gateway) {
    this("", Secret.NONE, true, HookSettings.NONE, gateway);
  }

  private TriageOverHttp(
      String cellsUrl,
      Secret token,
      boolean loopback,
      HookSettings hooks,
      Optional<PromptGateway> gateway) {
    new OpenGauges(incidents).bindTo(metrics);
    TriageDoor door =
        new TriageDoor(
            incidents,
            () -> loaded,
            InstantSource.fixed(Samples.ONSET.plus(Duration.ofMinutes(12))),
            cellsUrl,
            RulesInForce.defaults(),
            () -> Map.of("streams", streams),
            new Writing(TOPICS, published, "default", token, loopback, hooks),
            new PagerHook(
                List.of(Secret.of(PagerHookTest.SECRET)),
                incidents::one,
                this::record,
                InstantSource.fixed(Samples.ONSET.plus(Duration.ofMinutes(12)))),
            gateway,
            librarian());
    server = TriageServer.start("127.0.0.1", 0, door, metrics);
  }

  private static String noModel(Prompt prompt) {
    throw new ModelFailure(ModelFailure.Reason.OFF, "no model for " + prompt.purpose());
  }

  private Librarian librarian() {
    RulesInForce rules = RulesInForce.defaults();
    Library library =
        Library.of(() -> rules.book().runbooks(), List.of(), incidents, Optional.empty());
    return new Librarian(library, new ScriptedModel(prompt -> written.apply(prompt)));
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path), headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path).POST(BodyPublishers.ofString(body)), headers);
  }

  HttpResponse<String> post(String path, byte[] body, String... headers) {
    return send(request(path).POST(BodyPublishers.ofByteArray(body)), headers);
  }

  private void record(Command command) throws NotPublished {
    if (brokerAway) {
      throw new NotPublished("commands", new IllegalStateException());
    }
    commands.add(command);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
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
