package io.tillwatch.triage.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.incident.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Metric {@code tillwatch_desk_inputs_total{input,verdict}}: every record read ends in exactly one
 * verdict of the desk, or in {@code refused}. An input that is tried again after a crash counts
 * again. Thread-safe; labels come from closed sets.
 */
public final class DeskCounts implements MeterBinder {

  private record Counted(String input, String verdict) {}

  private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  void judged(Input input, Verdict verdict) {
    count(new Counted(labelOf(input), verdict.label()));
  }

  void refused(String input) {
    count(new Counted(input, "refused"));
  }

  private void count(Counted counted) {
    counts
        .computeIfAbsent(
            counted,
            fresh -> {
              LongAdder adder = new LongAdder();
              registries.forEach(registry -> register(registry, fresh, adder));
              return adder;
            })
        .increment();
  }

  static String labelOf(Input input) {
    return switch (input) {
      case Input.BurstSeen _ -> "burst";
      case Input.ActionEnded _ -> "action_result";
      case Input.ChangeSeen _ -> "change";
      case Input.StatusSeen _ -> "status";
      case Input.Tick _ -> "tick";
      case Input.CommandGiven _ -> "command";
    };
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
    counts.forEach((counted, adder) -> register(registry, counted, adder));
  }

  private static void register(MeterRegistry registry, Counted counted, LongAdder adder) {
    FunctionCounter.builder("tillwatch.desk.inputs", adder, LongAdder::sum)
        .description("Inputs of the incident desk by what it made of them")
        .tag("input", counted.input)
        .tag("verdict", counted.verdict)
        .register(registry);
  }
}
