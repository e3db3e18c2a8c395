package io.tillwatch.topology.query;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.tillwatch.topology.query.Instances.Work;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/**
 * Ready while records are processed. Liveness does not ask: a broker that is away is no reason to
 * restart us.
 */
@Singleton
@Readiness
@Requires(property = "tillwatch.topology.enabled", value = "true")
final class StreamsReadiness implements HealthIndicator {

  private final Instances instances;

  StreamsReadiness(Instances instances) {
    this.instances = instances;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    Work work = instances.work();
    return Publishers.just(
        HealthResult.builder("topology", work == Work.RUNNING ? HealthStatus.UP : HealthStatus.DOWN)
            .details(Map.of("state", work.name()))
            .build());
  }
}
