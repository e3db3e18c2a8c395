package io.tillwatch.triage.rulebook;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.rules.version.RulesInForce;
import java.util.List;

/**
 * Metrics of the rules in force: {@code tillwatch_rules_version_info{hash}} is 1 for the version in
 * force and says nothing of any other, {@code tillwatch_rules_taken_total} and {@code
 * tillwatch_rules_refused_total} count the versions since the start.
 */
public record RulesMeters(RulesInForce rules) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    MultiGauge info =
        MultiGauge.builder("tillwatch.rules.version.info")
            .description("1 for the rules in force, by their hash")
            .register(registry);
    rules.follow(version ->
        info.register(List.of(MultiGauge.Row.of(Tags.of("hash", version.hash()), 1)), true));
    FunctionCounter.builder("tillwatch.rules.taken", rules, RulesInForce::taken)
        .description("Versions of the rules that came into force after the start")
        .register(registry);
    FunctionCounter.builder("tillwatch.rules.refused", rules, RulesInForce::refused)
        .description("Versions of the rules that could not be used")
        .register(registry);
  }
}
