package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.topology.query.CubeQueries.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fresh an answer is.
 *
 * @param watermark event time up to which the input has been seen; null before the first event
 * @param behindMillis how far that is behind the clock; null before the first event
 * @param standby whether a copy answered because the owner was away
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Staleness")
record Freshness(
    @Schema(format = "date-time", nullable = true, example = "2026-11-20T03:15:27.120Z")
        @Nullable String watermark,
    @Schema(nullable = true) @Nullable Long behindMillis,
    boolean standby) {

  static Freshness of(Progress progress, Instant now) {
    long watermark = progress.watermarkMillis();
    return watermark == 0
        ? new Freshness(null, null, progress.standby())
        : new Freshness(
            QueryTime.format(watermark), now.toEpochMilli() - watermark, progress.standby());
  }
}
