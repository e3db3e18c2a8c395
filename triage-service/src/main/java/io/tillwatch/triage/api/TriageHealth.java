package io.tillwatch.triage.api;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.tillwatch.triage.gateway.PromptGateway;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;

/**
 * Ready when each part of triage is well; rules that were refused are told, and a model that is
 * left alone, and are no reason not to be. Liveness does not ask: a broker that is away is no
 * reason to restart us.
 */
@WhenTriageRuns
@Readiness
@Singleton
final class TriageHealth implements HealthIndicator {

  private final TriageDoor door;

  TriageHealth(TriageDoor door) {
    this.door = door;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    Map<String, Boolean> vitals = new TreeMap<>(door.vitals().get());
    vitals.put("incidentsLoaded", door.loaded().getAsBoolean());
    boolean well = vitals.values().stream().allMatch(part -> part);
    Map<String, Object> details = new TreeMap<>(vitals);
    details.put("rules", RulesJson.of(door.rules()));
    details.put("model", door.gateway().map(PromptGateway::state).orElse(Map.of()));
    return Publishers.just(
        HealthResult.builder("triage", well ? HealthStatus.UP : HealthStatus.DOWN)
            .details(details)
            .build());
  }
}
