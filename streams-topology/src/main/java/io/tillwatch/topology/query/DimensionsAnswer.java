package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.slice.Dimension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The values that slices can be fixed to.
 *
 * @param kind kind of event
 * @param dimensions values by dimension, sorted
 * @param truncated whether a dimension has more values than the limit
 * @param staleness how fresh the stores are
 * @param servedBy instance that answered
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Dimensions")
record DimensionsAnswer(
    @Schema(example = "auth") String kind,
    Map<String, List<String>> dimensions,
    boolean truncated,
    Freshness staleness,
    String servedBy) {

  /** At most so many values of each; one more in {@code members} says that there are more. */
  static Map<String, List<String>> shown(
      SortedMap<Dimension, SortedSet<String>> members, int limit) {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    members.forEach(
        (dimension, values) -> shown.put(dimension.label(), values.stream().limit(limit).toList()));
    return shown;
  }
}
