package io.tillwatch.triage.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tillwatch.triage.model.ModelFailure.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Metrics of the gateway; all labels are closed enums.
 *
 * <ul>
 *   <li>{@code tillwatch_model_calls_total{outcome}}: each call ends in one outcome: {@code
 *       answered}, {@code cached}, or a {@link Reason}
 *   <li>{@code tillwatch_model_tokens_total{direction}}: as the vendor counted
 *   <li>{@code tillwatch_model_cost_total}: money in the currency of the prices
 *   <li>{@code tillwatch_model_latency_seconds}: attempts that were sent, however they ended
 *   <li>{@code tillwatch_model_redactions_total{type}}: what was taken out of prompts and answers
 *   <li>{@code tillwatch_model_under_way}, {@code tillwatch_model_breaker_open}
 *   <li>{@code tillwatch_model_unrecorded_total}: attempts whose end is not on record
 * </ul>
 */
final class GatewayCounts {

  static final String ANSWERED = "answered";
  static final String CACHED = "cached";

  private static final double MICROS = 1e6;

  private final MeterRegistry registry;

  GatewayCounts(MeterRegistry registry, Guard guard) {
    this.registry = registry;
    Gauge.builder("tillwatch.model.under.way", guard, Guard::underWay)
        .description("Calls to the model under way")
        .register(registry);
    Gauge.builder("tillwatch.model.breaker.open", guard, each -> each.open() ? 1 : 0)
        .description("1 while the model is left alone because too many calls failed")
        .register(registry);
  }

  void ended(String outcome) {
    Counter.builder("tillwatch.model.calls")
        .description("Calls to the model by how they ended")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  static String label(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  void sent(Duration latency, Map<String, Long> redactions) {
    Timer.builder("tillwatch.model.latency")
        .description("Time from a request to the end of its answer")
        .register(registry)
        .record(latency);
    redactions.forEach((type, count) ->
        Counter.builder("tillwatch.model.redactions")
            .description("What was taken out of prompts and answers")
            .tag("type", type)
            .register(registry)
            .increment((double) count));
  }

  void spent(long inputTokens, long outputTokens, long costMicros) {
    tokens("input", inputTokens);
    tokens("output", outputTokens);
    Counter.builder("tillwatch.model.cost")
        .description("Money spent on the model, in the currency of the prices")
        .register(registry)
        .increment((double) costMicros / MICROS);
  }

  private void tokens(String direction, long count) {
    Counter.builder("tillwatch.model.tokens")
        .description("Tokens as the vendor counted")
        .tag("direction", direction)
        .register(registry)
        .increment((double) count);
  }

  void unrecorded() {
    Counter.builder("tillwatch.model.unrecorded")
        .description("Attempts whose end could not be put on record")
        .register(registry)
        .increment();
  }
}
