package io.tillwatch.standalone.demo;

import io.tillwatch.load.scenario.Scenario;
import io.tillwatch.standalone.site.SiteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a demo runs.
 *
 * @param seed everything follows from it
 * @param scenario what goes wrong
 * @param history simulated time that is loaded before live traffic
 * @param authsPerMinute authorisations per minute of a mean day
 * @param speed simulated seconds per second of live traffic
 * @param length real time from ready until the end; null runs until stopped
 * @param data folder of the site
 * @param port HTTP port
 */
record DemoSettings(
    long seed,
    Scenario scenario,
    Duration history,
    double authsPerMinute,
    double speed,
    @Nullable Duration length,
    Path data,
    int port) {

  /**
   * Commits come quickly, because one real second is many simulated ones; transactions may take
   * their time, because all of it shares a small machine that history keeps busy.
   */
  private static final Map<String, String> PACE =
      Map.of(
          "topology.commit-interval", "200ms",
          "topology.transaction-timeout", "60s",
          "triage.commit-interval", "100ms");

  SiteSettings site(InstantSource clock, Consumer<String> notices) {
    return new SiteSettings(data, port, 0, clock, null, PACE, notices);
  }
}
