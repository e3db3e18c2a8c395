package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an outside system is and how it is reached.
 *
 * @param base what every path is appended to; the vendor's own address, or that of an own
 *     installation or a relay
 * @param proxy HTTP proxy to go through, without credentials; {@link ProxyAddress#DIRECT} for none,
 *     null for what the platform takes
 * @param deadline longest time one request may take, its answer's body included
 */
public record DoorSettings(URI base, @Nullable URI proxy, Duration deadline) {

  /**
   * Reads {@code <prefix>.base-url}, {@code <prefix>.proxy} and {@code <prefix>.deadline}.
   *
   * @param prefix the vendor's section, for example {@code triage.pagerduty}
   * @param base the vendor's own address
   * @param outside what counts where the section says nothing
   */
  public static DoorSettings from(
      Settings settings, String prefix, String base, OutsideSettings outside) {
    return new DoorSettings(
        WebAddress.optional(settings, prefix + ".base-url").orElseGet(() -> URI.create(base)),
        ProxyAddress.optional(settings, prefix + ".proxy").orElse(outside.proxy()),
        settings.duration(
            prefix + ".deadline",
            outside.deadline(),
            OutsideSettings.DEADLINE_MIN,
            OutsideSettings.DEADLINE_MAX));
  }
}
