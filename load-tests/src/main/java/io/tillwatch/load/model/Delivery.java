package io.tillwatch.load.model;

import org.apache.avro.specific.SpecificRecord;

/**
 * One event on its way to Kafka.
 *
 * @param atMillis when it is delivered, epoch milliseconds UTC; its event time is earlier
 * @param key the record's key: the payment id, for changes and status notices their scope
 * @param event one of the Avro event types
 */
public record Delivery(long atMillis, String key, SpecificRecord event) {}
