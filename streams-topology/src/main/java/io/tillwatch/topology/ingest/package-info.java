/**
 * The door: bytes in, exactly one counted outcome out.
 *
 * <p>In this order a record is measured, decoded, validated, searched for card numbers, looked up
 * among the events already seen, and compared with the time its partition has reached. It ends
 * accepted, as a duplicate, as late, or as a dead letter; {@link
 * io.tillwatch.topology.ingest.IngestLedger} keeps the four counts in the transaction of the
 * record. {@link io.tillwatch.topology.ingest.Door} does the first four steps on the fields of
 * usual events alone, {@link io.tillwatch.topology.ingest.EventDoor} on whole ones.
 */
@NullMarked
package io.tillwatch.topology.ingest;

import org.jspecify.annotations.NullMarked;
