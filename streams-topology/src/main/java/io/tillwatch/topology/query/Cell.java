package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.topology.cell.LatencySketch;
import io.tillwatch.topology.cell.Tally;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in one slice during one step of time.
 *
 * @param at start of the step
 * @param slice dimension values; what is absent is rolled up
 * @param events events
 * @param firstAttempts events that were the first attempt of their payment
 * @param successes numerator of the success rate
 * @param judged its denominator; what is not over yet is not judged
 * @param outcomes events by outcome
 * @param reasons events by reason
 * @param successRate successes of judged, 0 to 1; null when nothing was judged
 * @param technicalSuccessRate share of the judged that neither we nor the PSP broke
 * @param actionableRate success rate without the declines that only the cardholder can mend
 * @param amounts money by currency
 * @param latencyMillis latency (auth, capture), lag (webhook) or completion time (refund); null
 *     when none was measured
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record Cell(
    @Schema(format = "date-time", example = "2026-11-20T03:15:00Z") String at,
    Map<String, String> slice,
    long events,
    long firstAttempts,
    long successes,
    long judged,
    Map<String, Long> outcomes,
    Map<String, Long> reasons,
    @Schema(nullable = true, minimum = "0", maximum = "1") @Nullable Double successRate,
    @Schema(nullable = true, minimum = "0", maximum = "1") @Nullable Double technicalSuccessRate,
    @Schema(nullable = true, minimum = "0", maximum = "1") @Nullable Double actionableRate,
    Map<String, Amounts> amounts,
    @Schema(nullable = true) @Nullable Latency latencyMillis) {

  /** Declines that nobody but the cardholder can mend (DOMAIN: "KPIs"). */
  private static final Set<Reason> CARDHOLDER_MENDS =
      Collections.unmodifiableSet(
          EnumSet.of(Reason.INSUFFICIENT_FUNDS, Reason.INVALID_CVC, Reason.CARD_EXPIRED));

  static Cell of(EventKind kind, CellSums.Sum sum) {
    Tally tally = sum.tally();
    long successes = tally.successes(kind);
    long judged = tally.judged(kind);
    long mended = CARDHOLDER_MENDS.stream().mapToLong(tally::reason).sum();
    return new Cell(
        QueryTime.format(sum.millis()),
        sum.slice().toMap(),
        tally.events(),
        tally.firstAttempts(),
        successes,
        judged,
        outcomes(tally),
        reasons(tally),
        share(successes, judged),
        share(judged - tally.technicalFailures(), judged),
        share(successes, judged - mended),
        amounts(tally),
        Latency.of(tally.latency()));
  }

  private static @Nullable Double share(long part, long whole) {
    return whole <= 0 ? null : (double) part / whole;
  }

  private static Map<String, Long> outcomes(Tally tally) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      if (tally.outcome(outcome) > 0) {
        counts.put(Parameters.label(outcome), tally.outcome(outcome));
      }
    }
    return counts;
  }

  private static Map<String, Long> reasons(Tally tally) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Reason reason : Reason.values()) {
      if (tally.reason(reason) > 0) {
        counts.put(Parameters.label(reason), tally.reason(reason));
      }
    }
    return counts;
  }

  private static Map<String, Amounts> amounts(Tally tally) {
    Map<String, Amounts> amounts = new LinkedHashMap<>();
    for (Tally.Amount amount : tally.amounts()) {
      amounts.put(
          amount.currency(),
          new Amounts(
              amount.count(), amount.sumMinor(), amount.successCount(), amount.successSumMinor()));
    }
    return amounts;
  }

  /**
   * Money of one currency, in its minor units.
   *
   * @param count events
   * @param sumMinor their amounts
   * @param successCount successful events
   * @param successSumMinor their amounts
   */
  @Serdeable
  record Amounts(long count, long sumMinor, long successCount, long successSumMinor) {}

  /**
   * Quantiles of a duration in milliseconds.
   *
   * @param count durations measured
   * @param relativeError how far a quantile may be off, as a share of it
   */
  @Serdeable
  record Latency(long count, double p50, double p90, double p95, double p99, double relativeError) {

    static @Nullable Latency of(@Nullable LatencySketch sketch) {
      return sketch == null
          ? null
          : new Latency(
              sketch.count(),
              sketch.quantile(0.50),
              sketch.quantile(0.90),
              sketch.quantile(0.95),
              sketch.quantile(0.99),
              LatencySketch.RELATIVE_ERROR);
    }
  }
}
