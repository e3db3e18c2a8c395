package io.tillwatch.load.feed;

import java.time.Instant;

/**
 * How far a feed has come.
 *
 * @param events sent so far, of all kinds
 * @param at delivery time of the last one
 * @param share of the time span to fill, 0 to 1
 */
public record Progress(long events, Instant at, double share) {}
