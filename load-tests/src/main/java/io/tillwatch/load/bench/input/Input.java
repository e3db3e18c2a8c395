package io.tillwatch.load.bench.input;

import io.tillwatch.load.bench.recount.Recount;

/**
 * What was written to a topic, and what it comes to.
 *
 * @param topic where it is
 * @param records on the topic: events, repeated ones and markers
 * @param events that count
 * @param startMillis event time of the first one
 * @param endMillis end of the last minute that is compared
 * @param markerMillis event time of the last record of each partition: it closes all minutes before
 * @param recount what the cells must hold
 */
public record Input(
    String topic,
    long records,
    long events,
    long startMillis,
    long endMillis,
    long markerMillis,
    Recount recount) {}
