package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;

/**
 * What was thought of a cell that was looked at closely in some minute.
 *
 * @param statistic the sequential test's value then
 * @param gate evidence over the threshold, drift allowed for
 */
record Reasoned(Slice slice, Verdict verdict, double statistic, double gate) {}
