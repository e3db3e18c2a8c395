package io.tillwatch.load.scenario;

import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.util.Set;

/**
 * One incident or trap of a scenario.
 *
 * @param at start, counted from the start of live traffic; negative within the history
 * @param scope the values that the file fixes
 * @param pick dimensions whose value the seed chooses
 * @param every distance between the starts when it happens several times
 * @param times how often it happens
 * @param place file and line, for messages
 */
record Entry(
    DisturbanceType type,
    Duration at,
    Duration length,
    Slice scope,
    Set<Dimension> pick,
    double strength,
    Duration every,
    int times,
    String place) {}
