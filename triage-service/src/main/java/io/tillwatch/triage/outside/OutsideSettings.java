package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How outside systems are reached that do not say otherwise.
 *
 * @param proxy HTTP proxy to go through, without credentials; {@link ProxyAddress#DIRECT} for none,
 *     null for what the platform takes
 * @param deadline longest time one request may take, its answer's body included
 */
public record OutsideSettings(@Nullable URI proxy, Duration deadline) {

  /** Below the deadline of an attempt, so that an adapter sees its own request end. */
  static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(8);

  static final Duration DEADLINE_MIN = Duration.ofMillis(10);
  static final Duration DEADLINE_MAX = Duration.ofMinutes(1);

  /** Reads the keys below {@code triage.outside}. */
  public static OutsideSettings from(Settings settings) {
    return new OutsideSettings(
        ProxyAddress.optional(settings, "triage.outside.proxy").orElse(null),
        settings.duration("triage.outside.deadline", DEADLINE_DEFAULT, DEADLINE_MIN, DEADLINE_MAX));
  }
}
