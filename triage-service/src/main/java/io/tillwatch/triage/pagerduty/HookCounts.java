package io.tillwatch.triage.pagerduty;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.triage.phrase.Phrases;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Metric {@code tillwatch_pagerduty_webhooks_total{outcome}}: webhooks that arrived, each counted
 * once; their sum is all that arrived. Thread-safe.
 */
public final class HookCounts implements MeterBinder {

  private final Map<HookOutcome, LongAdder> counts = new EnumMap<>(HookOutcome.class);

  /** Nothing heard yet. */
  public HookCounts() {
    Arrays.stream(HookOutcome.values()).forEach(outcome -> counts.put(outcome, new LongAdder()));
  }

  /** One more. */
  public void count(HookOutcome outcome) {
    adder(outcome).increment();
  }

  private LongAdder adder(HookOutcome outcome) {
    return counts.computeIfAbsent(outcome, missing -> new LongAdder());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counts.forEach((outcome, adder) ->
        FunctionCounter.builder("tillwatch.pagerduty.webhooks", adder, LongAdder::sum)
            .description("Webhooks of PagerDuty")
            .tag("outcome", Phrases.label(outcome))
            .register(registry));
  }
}
