package io.tillwatch.triage.view;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.schemas.incident.Severity;
import java.util.Locale;

/** Metric {@code tillwatch_incidents_open{severity}}: incidents that need somebody now. */
public record OpenGauges(IncidentView view) implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Severity severity : Severity.values()) {
      Gauge.builder("tillwatch.incidents.open", view, seen -> count(seen, severity))
          .description("Incidents that need somebody now")
          .tag("severity", severity.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static double count(IncidentView view, Severity severity) {
    return view.open().stream().filter(open -> open.getSeverity() == severity).count();
  }
}
