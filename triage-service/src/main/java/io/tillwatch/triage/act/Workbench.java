package io.tillwatch.triage.act;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What one target's executor works with.
 *
 * @param notifier delivers to the target
 * @param secondChannel hears of what the target does not take
 * @param clock stamps results
 * @param ticker monotonic nanoseconds, for waits
 */
record Workbench(
    Notifier notifier,
    Notifier secondChannel,
    ActSettings settings,
    BackOff backOff,
    InstantSource clock,
    LongSupplier ticker,
    ActionCounts counts) {}
