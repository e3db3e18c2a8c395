package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.topology.detect.WorstCell;
import java.util.List;
import java.util.Map;

/**
 * The slices furthest below their expectation now, worst first.
 *
 * @param kind kind of event
 * @param cells the slices
 * @param staleness how fresh the stores are
 * @param servedBy instance that answered
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Worst")
record WorstAnswer(
    @Schema(example = "auth") String kind,
    List<Worst> cells,
    Freshness staleness,
    String servedBy) {

  /**
   * A slice below its expectation, over the window the detector judges it in.
   *
   * @param slice dimension values; what is absent is rolled up
   * @param events events in the window
   * @param observed success rate observed, 0 to 1
   * @param expected success rate expected, 0 to 1
   * @param approvalsLost expected minus observed successes
   * @param evidence the detector's statistic
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "WorstCell")
  record Worst(
      Map<String, String> slice,
      long events,
      double observed,
      double expected,
      double approvalsLost,
      double evidence) {

    static Worst of(WorstCell worst) {
      return new Worst(
          worst.slice().toMap(),
          worst.events(),
          worst.observed(),
          worst.expected(),
          worst.approvalsLost(),
          worst.evidence());
    }
  }
}
