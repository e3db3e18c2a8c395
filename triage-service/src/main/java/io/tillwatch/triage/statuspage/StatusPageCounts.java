package io.tillwatch.triage.statuspage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.tillwatch.schemas.event.StatusIndicator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Metrics of status pages; the PSPs are those of the settings, all other labels closed enums.
 *
 * <ul>
 *   <li>{@code tillwatch_status_pages_looks_total{psp,outcome}}: each look ends in one outcome
 *   <li>{@code tillwatch_status_pages_notices_total{psp,indicator}}: what was published
 *   <li>{@code tillwatch_status_pages_refused_total{psp}}: what was not, by the limits of the desk
 *   <li>{@code tillwatch_status_pages_age_seconds{psp}}: since the page could last be read; since
 *       the start before the first time
 * </ul>
 */
final class StatusPageCounts {

  private final MeterRegistry registry;

  StatusPageCounts(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(StatusPage page, InstantSource clock) {
    TimeGauge.builder(
            "tillwatch.status.pages.age",
            page,
            TimeUnit.MILLISECONDS,
            watched -> Duration.between(watched.readAt(), clock.instant()).toMillis())
        .description("Time since the page could last be read")
        .tag("psp", page.psp())
        .register(registry);
  }

  void looked(String psp, Look look) {
    Counter.builder("tillwatch.status.pages.looks")
        .description("Looks at a status page by how they ended")
        .tag("psp", psp)
        .tag("outcome", look.label())
        .register(registry)
        .increment();
  }

  void refused(String psp) {
    Counter.builder("tillwatch.status.pages.refused")
        .description("Notices that hold what no topic may")
        .tag("psp", psp)
        .register(registry)
        .increment();
  }

  void told(String psp, StatusIndicator indicator) {
    Counter.builder("tillwatch.status.pages.notices")
        .description("Notices published")
        .tag("psp", psp)
        .tag("indicator", indicator.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }
}
