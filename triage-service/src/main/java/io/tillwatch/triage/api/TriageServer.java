package io.tillwatch.triage.api;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/**
 * The HTTP server of a process that runs triage alone: incidents, first page, health, metrics and
 * their description. A process that runs more roles makes its own from a {@link TriageDoor} and
 * {@link #PROPERTIES}.
 */
public final class TriageServer implements AutoCloseable {

  /** What makes the controllers of this package exist. */
  public static final Map<String, Object> PROPERTIES = Map.of("tillwatch.triage.enabled", "true");

  /** Health and metrics for anybody who can reach the port, and no other endpoint. */
  private static final Map<String, Object> SERVER_PROPERTIES =
      Map.ofEntries(
          Map.entry("micronaut.application.name", "tillwatch-triage"),
          Map.entry("micronaut.server.max-request-size", "256KB"),
          Map.entry("endpoints.all.enabled", "false"),
          Map.entry("endpoints.health.enabled", "true"),
          Map.entry("endpoints.health.sensitive", "false"),
          Map.entry("endpoints.health.details-visible", "ANONYMOUS"),
          Map.entry("endpoints.health.disk-space.enabled", "false"),
          Map.entry("endpoints.prometheus.enabled", "true"),
          Map.entry("endpoints.prometheus.sensitive", "false"));

  private static final int ANY_FREE_PORT = -1;

  private final EmbeddedServer server;

  private TriageServer(EmbeddedServer server) {
    this.server = server;
  }

  /**
   * Starts listening.
   *
   * @param host address to listen at
   * @param port port, 0 for any free one
   * @param metrics what {@code /prometheus} shows besides the server's own
   */
  public static TriageServer start(
      String host, int port, TriageDoor door, CompositeMeterRegistry metrics) {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(PROPERTIES)
            .properties(SERVER_PROPERTIES)
            .properties(
                Map.of(
                    "micronaut.server.host",
                    host,
                    "micronaut.server.port",
                    port == 0 ? ANY_FREE_PORT : port))
            .singletons(door)
            .start();
    metrics.add(context.getBean(PrometheusMeterRegistry.class));
    return new TriageServer(context.getBean(EmbeddedServer.class).start());
  }

  /** The port it listens at. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.getApplicationContext().close();
  }
}
