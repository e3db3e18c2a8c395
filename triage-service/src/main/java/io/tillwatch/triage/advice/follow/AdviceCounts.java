package io.tillwatch.triage.advice.follow;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.triage.advice.Objection;
import io.tillwatch.triage.phrase.Phrases;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Metrics {@code tillwatch_advice_total{outcome}}: each advice that is written has exactly one
 * outcome; {@code tillwatch_advice_discarded_total{reason}}: hypotheses of models, or parts of
 * them, that were thrown away. Thread-safe.
 */
final class AdviceCounts implements MeterBinder {

  private final Map<AdviceOutcome, LongAdder> outcomes =
      adders(AdviceOutcome.values(), each -> each);
  private final Map<String, LongAdder> discarded = adders(Objection.values(), Objection::label);

  private static <E, K> Map<K, LongAdder> adders(E[] symbols, Function<E, K> key) {
    return Arrays.stream(symbols).collect(Collectors.toMap(key, symbol -> new LongAdder()));
  }

  void written(Advice advice) {
    Objects.requireNonNull(outcomes.get(advice.getOutcome())).increment();
    advice
        .getDiscarded()
        .forEach((reason, count) -> Objects.requireNonNull(discarded.get(reason)).add(count));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    outcomes.forEach((outcome, adder) ->
        FunctionCounter.builder("tillwatch.advice", adder, LongAdder::sum)
            .description("What became of asking a model about incidents")
            .tag("outcome", Phrases.label(outcome))
            .register(registry));
    discarded.forEach((reason, adder) ->
        FunctionCounter.builder("tillwatch.advice.discarded", adder, LongAdder::sum)
            .description("Hypotheses of models, or parts of them, that were thrown away")
            .tag("reason", reason)
            .register(registry));
  }
}
