package io.tillwatch.triage.view;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.schemas.incident.SuppressionKind;
import java.util.Locale;

/**
 * Metric {@code tillwatch_incidents_suppressed{kind}}: incidents that need somebody now and are
 * held back, by what holds them.
 */
public record SuppressedGauges(IncidentView view) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    for (SuppressionKind kind : SuppressionKind.values()) {
      Gauge.builder("tillwatch.incidents.suppressed", view, seen -> count(seen, kind))
          .description("Incidents that need somebody now and are held back")
          .tag("kind", kind.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static double count(IncidentView view, SuppressionKind kind) {
    return view.open().stream()
        .filter(open ->
            open.getSuppressions().stream()
                .anyMatch(each -> each.getKind() == kind && each.getUntil() == null))
        .count();
  }
}
