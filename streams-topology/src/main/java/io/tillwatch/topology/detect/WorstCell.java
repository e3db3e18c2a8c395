package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;

/**
 * A cell that did worse than expected in the last minutes.
 *
 * @param events judged events
 * @param observed success rate, 0 to 1
 * @param expected success rate its leaves would have had by their baselines
 * @param approvalsLost expected minus observed successes
 * @param evidence log-likelihood ratio of the shift that fits best against none
 */
public record WorstCell(
    Slice slice,
    long events,
    double observed,
    double expected,
    double approvalsLost,
    double evidence) {}
