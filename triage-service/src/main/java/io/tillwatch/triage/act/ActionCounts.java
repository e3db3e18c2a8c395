package io.tillwatch.triage.act;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Metric {@code tillwatch_actions_total{target,verb,outcome}}: actions settled, each once by the
 * process that settled it. Thread-safe; at most one series per triple of the closed enums.
 */
public final class ActionCounts implements MeterBinder {

  private record Settled(ActionTarget target, ActionVerb verb, ActionOutcome outcome) {}

  private final Map<Settled, LongAdder> counts = new ConcurrentHashMap<>();
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  void settled(ActionTarget target, ActionVerb verb, ActionOutcome outcome) {
    counts
        .computeIfAbsent(
            new Settled(target, verb, outcome),
            settled -> {
              LongAdder adder = new LongAdder();
              registries.forEach(registry -> register(registry, settled, adder));
              return adder;
            })
        .increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
    counts.forEach((settled, adder) -> register(registry, settled, adder));
  }

  private static void register(MeterRegistry registry, Settled settled, LongAdder adder) {
    FunctionCounter.builder("tillwatch.actions", adder, LongAdder::sum)
        .description("Actions settled")
        .tag("target", lower(settled.target))
        .tag("verb", lower(settled.verb))
        .tag("outcome", lower(settled.outcome))
        .register(registry);
  }

  private static String lower(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
