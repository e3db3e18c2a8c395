/**
 * From payment events to bursts: ingest, cube, detect and localise as one exactly-once Kafka
 * Streams application, and the HTTP view over its state stores.
 */
@NullMarked
package io.tillwatch.topology;

import org.jspecify.annotations.NullMarked;
