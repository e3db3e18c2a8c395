package io.tillwatch.triage.library;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.triage.phrase.Phrases;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Questions by what they came to: {@code tillwatch_questions_total{outcome}}. Their sum is all
 * questions that were taken.
 */
public final class QuestionCounts implements MeterBinder {

  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  QuestionCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  Answer counted(Answer answer) {
    of(answer.outcome()).increment();
    return answer;
  }

  /** How many came to that. */
  public long count(Outcome outcome) {
    return of(outcome).sum();
  }

  private LongAdder of(Outcome outcome) {
    return counts.computeIfAbsent(outcome, missing -> new LongAdder());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counts.forEach((outcome, count) ->
        FunctionCounter.builder("tillwatch.questions", count, LongAdder::sum)
            .tag("outcome", Phrases.label(outcome))
            .description("Questions by what they came to")
            .register(registry));
  }
}
