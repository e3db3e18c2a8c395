package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.topology.ingest.seen.DedupeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the door lets in.
 *
 * @param allowedLateness how far an event may be behind the newest of its kind and partition; never
 *     more than the cube's retention, or two dedupe horizons, behind the newest of all kinds
 * @param dedupe how repeated events are told
 * @param futureSkew how far an event may be ahead of the clock
 * @param psps registered PSPs; empty takes any well-formed name
 * @param regions registered regions; empty takes any well-formed name
 * @param currencies accepted ISO 4217 codes; empty takes all of them
 * @param hashKey key of the hash by which equal dead letters are told; a random one per start when
 *     not set
 */
public record IngestSettings(
    Duration allowedLateness,
    DedupeSettings dedupe,
    Duration futureSkew,
    Set<String> psps,
    Set<String> regions,
    Set<String> currencies,
    Secret hashKey) {

  /** An hour late, three days of duplicates, five minutes of skew, any PSP and region. */
  public static final IngestSettings DEFAULT =
      new IngestSettings(
          Duration.ofHours(1),
          DedupeSettings.DEFAULT,
          Duration.ofMinutes(5),
          Set.of(),
          Set.of(),
          Set.of(),
          Secret.NONE);

  public IngestSettings {
    psps = Set.copyOf(psps);
    regions = Set.copyOf(regions);
    currencies = Set.copyOf(currencies);
    if (allowedLateness.compareTo(dedupe.horizon()) > 0) {
      throw new IllegalArgumentException(
          "allowed lateness %s, expected at most the dedupe horizon %s"
              .formatted(allowedLateness, dedupe.horizon()));
    }
  }

  /** Reads the keys below {@code ingest}. */
  public static IngestSettings from(Settings settings) {
    DedupeSettings dedupe = DedupeSettings.from(settings);
    Duration lateness =
        settings.duration(
            "ingest.allowed-lateness",
            DEFAULT.allowedLateness,
            Duration.ZERO,
            DedupeSettings.HORIZON_MAX);
    if (lateness.compareTo(dedupe.horizon()) > 0) {
      settings.reject(
          "ingest.allowed-lateness", lateness.toString(), "at most ingest.dedupe-horizon");
      lateness = dedupe.horizon();
    }
    return new IngestSettings(
        lateness,
        dedupe,
        settings.duration(
            "ingest.future-skew", DEFAULT.futureSkew, Duration.ZERO, Duration.ofDays(1)),
        Set.copyOf(settings.list("ingest.psps", List.of())),
        Set.copyOf(settings.list("ingest.regions", List.of())),
        Set.copyOf(settings.list("ingest.currencies", List.of())),
        settings.secret("ingest.dead-letter-hash-key"));
  }
}
