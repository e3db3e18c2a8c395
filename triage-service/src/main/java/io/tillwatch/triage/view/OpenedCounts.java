package io.tillwatch.triage.view;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.schemas.incident.IncidentClass;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Metric {@code tillwatch_incidents_opened_total{class}}: incidents and new episodes committed
 * since this process had loaded what was there before, by the class they opened with.
 */
public final class OpenedCounts implements MeterBinder {

  private final Map<IncidentClass, LongAdder> counts = new EnumMap<>(IncidentClass.class);

  public OpenedCounts() {
    for (IncidentClass incidentClass : IncidentClass.values()) {
      counts.put(incidentClass, new LongAdder());
    }
  }

  void opened(IncidentClass incidentClass) {
    Objects.requireNonNull(counts.get(incidentClass)).increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counts.forEach((incidentClass, adder) ->
        FunctionCounter.builder("tillwatch.incidents.opened", adder, LongAdder::sum)
            .description("Incidents opened or reopened")
            .tag("class", incidentClass.name().toLowerCase(Locale.ROOT))
            .register(registry));
  }
}
