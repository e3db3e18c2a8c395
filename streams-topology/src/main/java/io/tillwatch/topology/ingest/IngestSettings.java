package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the door lets in.
 *
 * @param allowedLateness how far an event may be behind the newest of its kind and partition; never
 *     more than the cube's retention, or two dedupe horizons, behind the newest of all kinds
 * @param dedupeHorizon how long a repeated event id is recognised, in event time
 * @param futureSkew how far an event may be ahead of the clock
 * @param psps registered PSPs; empty takes any well-formed name
 * @param regions registered regions; empty takes any well-formed name
 * @param currencies accepted ISO 4217 codes; empty takes all of them
 * @param hashKey key of the hash by which equal dead letters are told; a random one per start when
 *     not set
 */
public record IngestSettings(
    Duration allowedLateness,
    Duration dedupeHorizon,
    Duration futureSkew,
    Set<String> psps,
    Set<String> regions,
    Set<String> currencies,
    Secret hashKey) {

  /** An hour late, three days of duplicates, five minutes of skew, any PSP and region. */
  public static final IngestSettings DEFAULT =
      new IngestSettings(
          Duration.ofHours(1),
          Duration.ofHours(72),
          Duration.ofMinutes(5),
          Set.of(),
          Set.of(),
          Set.of(),
          Secret.NONE);

  private static final Duration HORIZON_MAX = Duration.ofDays(4_000);

  public IngestSettings {
    psps = Set.copyOf(psps);
    regions = Set.copyOf(regions);
    currencies = Set.copyOf(currencies);
    if (allowedLateness.compareTo(dedupeHorizon) > 0) {
      throw new IllegalArgumentException(
          "allowed lateness %s, expected at most the dedupe horizon %s"
              .formatted(allowedLateness, dedupeHorizon));
    }
  }

  /** Reads the keys below {@code ingest}. */
  public static IngestSettings from(Settings settings) {
    Duration horizon =
        settings.duration(
            "ingest.dedupe-horizon", DEFAULT.dedupeHorizon, Duration.ofMinutes(1), HORIZON_MAX);
    Duration lateness =
        settings.duration(
            "ingest.allowed-lateness", DEFAULT.allowedLateness, Duration.ZERO, HORIZON_MAX);
    if (lateness.compareTo(horizon) > 0) {
      settings.reject(
          "ingest.allowed-lateness", lateness.toString(), "at most ingest.dedupe-horizon");
      lateness = horizon;
    }
    return new IngestSettings(
        lateness,
        horizon,
        settings.duration(
            "ingest.future-skew", DEFAULT.futureSkew, Duration.ZERO, Duration.ofDays(1)),
        Set.copyOf(settings.list("ingest.psps", List.of())),
        Set.copyOf(settings.list("ingest.regions", List.of())),
        Set.copyOf(settings.list("ingest.currencies", List.of())),
        settings.secret("ingest.dead-letter-hash-key"));
  }
}
