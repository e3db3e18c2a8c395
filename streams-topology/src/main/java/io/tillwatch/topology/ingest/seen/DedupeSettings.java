package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.settings.Settings;
import java.time.Duration;

/**
 * How repeated events are told.
 *
 * @param on whether at all; off only for sources whose events are known to be unique
 * @param horizon how long a repeated event id is recognised, in event time
 * @param idsMax ids a task holds in memory, {@link #BYTES_PER_ID} bytes each; further ones are read
 *     from the store where a filter cannot rule them out
 */
public record DedupeSettings(boolean on, Duration horizon, int idsMax) {

  /** Three days, at most 96 MB per task. */
  public static final DedupeSettings DEFAULT =
      new DedupeSettings(true, Duration.ofHours(72), 4_000_000);

  /** What an id takes in memory at most, once there are more than a few. */
  public static final int BYTES_PER_ID = 24;

  /** The longest horizon: beyond it nobody keeps payments. */
  public static final Duration HORIZON_MAX = Duration.ofDays(4_000);

  private static final int IDS_MAX_MIN = 100_000;

  private static final int IDS_MAX_MAX = 250_000_000;

  /** Reads the keys of dedupe, which lie below {@code ingest}. */
  public static DedupeSettings from(Settings settings) {
    return new DedupeSettings(
        settings.flag("ingest.dedupe", DEFAULT.on),
        settings.duration(
            "ingest.dedupe-horizon", DEFAULT.horizon, Duration.ofMinutes(1), HORIZON_MAX),
        settings.integer("ingest.seen-ids-max", DEFAULT.idsMax, IDS_MAX_MIN, IDS_MAX_MAX));
  }
}
