package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.query.CubeQueries.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The cells of one query.
 *
 * @param kind kind of event
 * @param slice what was fixed
 * @param by what was grouped by, in the order of dimensions
 * @param from start of the first minute, inclusive
 * @param to end of the last minute, exclusive
 * @param step width of a cell in time
 * @param resolution width of the finest cells that are held of that time: from is a whole multiple
 * @param heldFrom cells of earlier times are not held any more
 * @param cells cells with events, by time, then slice
 * @param provisional whether a count may still grow: part of the range is not closed, or late
 *     events are still let in
 * @param staleness how fresh the stores are
 * @param truncated whether there are more cells than the limit
 * @param servedBy instance that answered
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Cells")
record CellsAnswer(
    @Schema(example = "auth") String kind,
    Map<String, String> slice,
    List<String> by,
    @Schema(format = "date-time", example = "2026-11-20T03:15:00Z") String from,
    @Schema(format = "date-time", example = "2026-11-20T03:30:00Z") String to,
    @Schema(allowableValues = {"1m", "5m", "1h", "1d", "all"}) String step,
    @Schema(allowableValues = {"1m", "1h", "1d"}) String resolution,
    @Schema(format = "date-time", example = "2026-11-18T03:25:00Z") String heldFrom,
    List<Cell> cells,
    boolean provisional,
    Freshness staleness,
    boolean truncated,
    String servedBy) {

  static CellsAnswer of(
      CellsQuery query, CellSums sums, Progress progress, Instant now, String servedBy) {
    return new CellsAnswer(
        Parameters.label(query.kind()),
        query.slice().toMap(),
        query.by().stream().map(Dimension::label).toList(),
        QueryTime.format(query.fromMillis()),
        QueryTime.format(query.toMillis()),
        query.step().label(),
        query.held().resolution().label(),
        QueryTime.format(query.held().fromMillis()),
        sums.cells().stream().map(sum -> Cell.of(query.kind(), sum)).toList(),
        query.toMillis() > progress.settledToMillis(),
        Freshness.of(progress, now),
        sums.truncated(),
        servedBy);
  }
}
