package io.tillwatch.triage.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.schemas.incident.SuppressionKind;
import io.tillwatch.triage.incident.Decision;
import io.tillwatch.triage.incident.DeskState;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.incident.Verdict;
import io.tillwatch.triage.phrase.Phrases;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Metric {@code tillwatch_desk_inputs_total{input,verdict}}: every record read ends in exactly one
 * verdict of the desk, or in {@code refused}. An input that is tried again after a crash counts
 * again. {@code tillwatch_suppressed_total{kind}}: pages, tickets and messages that were not sent,
 * by what held them back. Thread-safe; labels come from closed sets.
 */
public final class DeskCounts implements MeterBinder {

  private record Counted(String input, String verdict) {}

  private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<SuppressionKind, LongAdder> suppressed = new EnumMap<>(SuppressionKind.class);
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  public DeskCounts() {
    for (SuppressionKind kind : SuppressionKind.values()) {
      suppressed.put(kind, new LongAdder());
    }
  }

  void judged(Input input, Verdict verdict) {
    count(new Counted(labelOf(input), verdict.label()));
  }

  /** Counts what was not sent because of what holds incidents back. */
  void suppressed(DeskState before, Decision decision) {
    for (Incident incident : decision.incidents()) {
      IncidentCase known = before.cases().get(incident.getIncidentId());
      Map<SuppressionKind, Integer> earlier =
          swallowed(known == null ? List.of() : known.getIncident().getSuppressions());
      swallowed(incident.getSuppressions())
          .forEach((kind, total) -> {
            int more = total - earlier.getOrDefault(kind, 0);
            if (more > 0) {
              Objects.requireNonNull(suppressed.get(kind)).add(more);
            }
          });
    }
  }

  private static Map<SuppressionKind, Integer> swallowed(List<Suppression> suppressions) {
    Map<SuppressionKind, Integer> swallowed = new EnumMap<>(SuppressionKind.class);
    suppressions.forEach(
        each -> swallowed.merge(each.getKind(), each.getSwallowed(), Integer::sum));
    return swallowed;
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
      case Input.AlertSeen _ -> "alert";
      case Input.Tick _ -> "tick";
      case Input.CommandGiven _ -> "command";
      case Input.AdviceGiven _ -> "advice";
    };
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
    counts.forEach((counted, adder) -> register(registry, counted, adder));
    suppressed.forEach((kind, adder) ->
        FunctionCounter.builder("tillwatch.suppressed", adder, LongAdder::sum)
            .description("Pages, tickets and messages that were not sent")
            .tag("kind", Phrases.label(kind))
            .register(registry));
  }

  private static void register(MeterRegistry registry, Counted counted, LongAdder adder) {
    FunctionCounter.builder("tillwatch.desk.inputs", adder, LongAdder::sum)
        .description("Inputs of the incident desk by what it made of them")
        .tag("input", counted.input)
        .tag("verdict", counted.verdict)
        .register(registry);
  }
}
