package io.tillwatch.rules.incident;

import io.tillwatch.rules.source.Fields;
import java.time.Duration;

/**
 * When an incident comes back so often that to be woken each time helps nobody.
 *
 * @param episodes episodes that wake somebody
 * @param within in this time; what comes back after so many wakes nobody unless it is worse
 * @param quietFor how long it must stay away then until it is resolved
 */
public record Flapping(int episodes, Duration within, Duration quietFor) {

  /** Where a site's own section does not say. */
  static final Flapping DEFAULT = new Flapping(4, Duration.ofHours(2), Duration.ofMinutes(30));

  /** Episodes that can be asked for. */
  public static final int EPISODES_MAX = 32;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  static Flapping read(Fields fields) {
    Flapping flapping =
        new Flapping(
            fields.integer("episodes", 1, EPISODES_MAX),
            fields.duration("within", MINUTE, DAY),
            fields.duration("quiet-for", Duration.ZERO, DAY));
    fields.end();
    return flapping;
  }
}
