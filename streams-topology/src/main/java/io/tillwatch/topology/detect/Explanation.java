package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;

/**
 * Why a cell is or is not part of a burst, as of the last closed minute.
 *
 * @param statistic the sequential test's value
 * @param threshold what it has to exceed
 * @param gate evidence of the best window, drift allowed for, over the threshold; at least 1 to be
 *     believed, 0 when the statistic did not ask for it
 */
public record Explanation(
    Slice slice, Verdict verdict, double statistic, double threshold, double gate) {}
