package io.tillwatch.standalone.site;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tillwatch.topology.command.TopologyRole;
import io.tillwatch.triage.api.TriageDoor;
import io.tillwatch.triage.command.TriageRole;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The one HTTP server of a site: the controllers of both roles, health and metrics. */
final class SiteServer implements AutoCloseable {

  private static final Map<String, Object> PROPERTIES =
      Map.ofEntries(
          Map.entry("micronaut.application.name", "tillwatch"),
          Map.entry("micronaut.server.max-request-size", "256KB"),
          Map.entry("endpoints.all.enabled", "false"),
          Map.entry("endpoints.health.enabled", "true"),
          Map.entry("endpoints.health.sensitive", "false"),
          Map.entry("endpoints.health.details-visible", "ANONYMOUS"),
          Map.entry("endpoints.health.disk-space.enabled", "false"),
          Map.entry("endpoints.prometheus.enabled", "true"),
          Map.entry("endpoints.prometheus.sensitive", "false"));

  private final ApplicationContext context;

  private SiteServer(ApplicationContext context) {
    this.context = context;
  }

  static SiteServer start(
      String host,
      int port,
      List<Object> topology,
      TriageDoor triage,
      CompositeMeterRegistry metrics) {
    Object[] beans = Stream.concat(topology.stream(), Stream.of(triage)).toArray();
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(PROPERTIES)
            .properties(TopologyRole.PROPERTIES)
            .properties(TriageRole.PROPERTIES)
            .properties(Map.of("micronaut.server.host", host, "micronaut.server.port", port))
            .singletons(beans)
            .start();
    metrics.add(context.getBean(PrometheusMeterRegistry.class));
    context.getBean(EmbeddedServer.class).start();
    return new SiteServer(context);
  }

  @Override
  public void close() {
    context.close();
  }
}
