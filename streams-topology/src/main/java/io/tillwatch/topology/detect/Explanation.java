package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Why a cell was or was not part of a burst in some minute.
 *
 * @param aspect what of it
 * @param minuteMillis start of the minute, epoch milliseconds UTC; 0 before the first one
 * @param recomputed whether the statistic and what follows from it are worked out now, from the
 *     minutes still held and today's baseline, because nobody looked closely then
 * @param minute what the cell counted in that minute
 * @param windowMinutes length of the window before the minute's end that speaks most against the
 *     cell
 * @param window what it counted in there, without what bursts explain
 * @param statistic the sequential test's value; 0 for a cell that is not tested
 * @param threshold what it has to exceed; 0 for a cell that is not tested
 * @param gate evidence of the window, drift allowed for, over the threshold; at least 1 to be
 *     believed
 * @param drift standard deviation of the cell's logit that is allowed for
 * @param correlation how alike attempts of one leaf and minute end, 0 to 1: over-dispersion
 * @param failuresMissing payments that would have to fail in the window, besides those that did,
 *     before anybody is told
 * @param historyMissingMinutes minutes to be seen before anything is judged
 * @param burstId the burst that it is, or was, part of; null when there is none or it is forgotten
 */
public record Explanation(
    Aspect aspect,
    Slice slice,
    long minuteMillis,
    Verdict verdict,
    boolean recomputed,
    Counted minute,
    int windowMinutes,
    Counted window,
    double statistic,
    double threshold,
    double gate,
    double drift,
    double correlation,
    int failuresMissing,
    int historyMissingMinutes,
    @Nullable String burstId) {

  /**
   * Judged events, those of them that failed (or were slow, late, of the reason), and how many of
   * them the baselines of the leaves let expect to fail.
   */
  public record Counted(long attempts, long failures, double failuresExpected) {}
}
