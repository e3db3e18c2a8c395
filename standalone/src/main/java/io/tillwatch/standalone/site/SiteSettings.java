package io.tillwatch.standalone.site;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a site runs.
 *
 * @param data folder that everything it keeps is in
 * @param port HTTP port on the loopback interface
 * @param kafkaPort port of its broker; 0 takes a free one
 * @param clock what the site takes for now; simulated in the demo
 * @param config settings of the roles, as a file; null for none
 * @param overrides settings of the roles, by key; stronger than the file
 * @param notices where pages, tickets and messages are printed
 */
public record SiteSettings(
    Path data,
    int port,
    int kafkaPort,
    InstantSource clock,
    @Nullable Path config,
    Map<String, String> overrides,
    Consumer<String> notices) {

  public SiteSettings {
    overrides = Map.copyOf(overrides);
  }
}
