package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.Verdict;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Why a slice did or did not fire in a minute.
 *
 * @param kind kind of event
 * @param kpi what of it
 * @param reason whose share of the mix; null for any other KPI
 * @param slice dimension values; what is absent is rolled up
 * @param at start of the minute
 * @param verdict what came of it, as a word
 * @param sentence the same for people
 * @param recomputed whether the statistic, and what follows from it, is worked out now, from the
 *     minutes still held and today's baseline, because nobody looked closely then
 * @param minute what the slice counted in the minute
 * @param window the window up to the minute's end that speaks most against the slice, without what
 *     bursts explain
 * @param statistic the sequential test's value; null when the slice is not tested
 * @param threshold what it has to exceed; null when the slice is not tested
 * @param gate evidence of the window, drift allowed for, over the threshold: at least 1 to be
 *     believed; null when the slice is not tested
 * @param drift standard deviation of the slice's logit that is allowed for; null when it is not
 *     tested
 * @param overDispersion how alike attempts of one minute and leaf end, 0 to 1
 * @param failuresMissing payments that would have to fail in the window, besides those that did,
 *     before anybody is told
 * @param historyMissingMinutes minutes to be seen before anything is judged
 * @param burstId the burst that the slice is, or was, part of
 * @param staleness how fresh the stores are
 * @param servedBy instance that answered
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Why")
record WhyAnswer(
    @Schema(example = "auth") String kind,
    @Schema(example = "success_rate") String kpi,
    @Schema(nullable = true, example = "do_not_honor") @Nullable String reason,
    Map<String, String> slice,
    @Schema(format = "date-time", example = "2026-11-20T03:15:00Z") String at,
    @Schema(
            allowableValues = {
              "learning",
              "not_tested",
              "planned_work",
              "quiet",
              "explained",
              "within_drift",
              "too_few_failures",
              "not_located",
              "fired"
            })
        String verdict,
    String sentence,
    boolean recomputed,
    Counted minute,
    Counted window,
    @Schema(nullable = true) @Nullable Double statistic,
    @Schema(nullable = true) @Nullable Double threshold,
    @Schema(nullable = true) @Nullable Double gate,
    @Schema(nullable = true) @Nullable Double drift,
    double overDispersion,
    int failuresMissing,
    int historyMissingMinutes,
    @Schema(nullable = true) @Nullable String burstId,
    Freshness staleness,
    String servedBy) {

  /** Parameter names: the dimensions, and what shapes the question. */
  static final SortedSet<String> PARAMETERS = parameterNames();

  /**
   * What was counted in some minutes.
   *
   * @param minutes how many
   * @param attempts judged events
   * @param failures those that failed; of durations the slow ones, of a promise those that broke
   *     it, of a mix those with the reason
   * @param failuresExpected as many were to be expected
   * @param observed share of the others that was observed, 0 to 1; null without attempts
   * @param expected share of the others that was expected, 0 to 1; null without attempts
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "WhyCounted")
  record Counted(
      int minutes,
      long attempts,
      long failures,
      double failuresExpected,
      @Schema(nullable = true) @Nullable Double observed,
      @Schema(nullable = true) @Nullable Double expected) {

    static Counted of(int minutes, Explanation.Counted counted) {
      double attempts = counted.attempts();
      return new Counted(
          minutes,
          counted.attempts(),
          counted.failures(),
          counted.failuresExpected(),
          attempts == 0 ? null : 1 - counted.failures() / attempts,
          attempts == 0 ? null : 1 - counted.failuresExpected() / attempts);
    }
  }

  private static SortedSet<String> parameterNames() {
    SortedSet<String> names = Parameters.names("kind", "kpi", "reason", "at");
    Dimension.ALL.forEach(dimension -> names.add(dimension.label()));
    return Collections.unmodifiableSortedSet(names);
  }

  static WhyAnswer of(EventKind kind, Explanation why, Freshness staleness, String servedBy) {
    boolean isTested = why.verdict() != Verdict.NOT_TESTED && why.verdict() != Verdict.LEARNING;
    return new WhyAnswer(
        Parameters.label(kind),
        Parameters.label(why.aspect().kpi()),
        why.aspect().reason() == null ? null : Parameters.label(why.aspect().reason()),
        why.slice().toMap(),
        QueryTime.format(why.minuteMillis()),
        Parameters.label(why.verdict()),
        WhySentence.of(why),
        why.recomputed(),
        Counted.of(1, why.minute()),
        Counted.of(why.windowMinutes(), why.window()),
        isTested ? why.statistic() : null,
        isTested ? why.threshold() : null,
        isTested ? why.gate() : null,
        isTested ? why.drift() : null,
        why.correlation(),
        why.failuresMissing(),
        why.historyMissingMinutes(),
        why.burstId(),
        staleness,
        servedBy);
  }

  /** There is nothing to say about a minute, or about any. */
  static Refusal noSuchMinute(EventKind kind, Optional<String> at) {
    return at.map(text -> Refusal.badParameter("at", text, "a closed minute of the last 3 hours"))
        .orElseGet(() ->
            new Refusal(
                RefusalReason.NOT_FOUND,
                "no minute of %s was closed yet".formatted(Parameters.label(kind)),
                "the same query once one is"));
  }
}
