package io.tillwatch.topology.combine;

import io.tillwatch.schemas.settings.Settings;
import java.time.Duration;

/**
 * How much a task combines before it forwards.
 *
 * @param cellsMax partial cells held between commits, about 500 bytes each; at the limit they are
 *     forwarded at once
 * @param idleAfter time without events after which a task says that nobody need wait for it, and
 *     says it again
 */
public record CombineSettings(int cellsMax, Duration idleAfter) {

  /** Some ten megabytes, five seconds. */
  public static final CombineSettings DEFAULT = new CombineSettings(20_000, Duration.ofSeconds(5));

  /** Reads the keys below {@code combine}. */
  public static CombineSettings from(Settings settings) {
    return new CombineSettings(
        settings.integer("combine.cells-max", DEFAULT.cellsMax, 100, 1_000_000),
        settings.duration(
            "combine.idle-after",
            DEFAULT.idleAfter,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10)));
  }
}
