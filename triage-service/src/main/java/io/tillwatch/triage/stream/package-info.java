/**
 * The incident desk on Kafka Streams, exactly once: bursts, action results, changes and status
 * notices go in; incidents, their log and the outbox come out. What is decided, and only that, is
 * in {@link io.tillwatch.triage.incident}.
 */
@NullMarked
package io.tillwatch.triage.stream;

import org.jspecify.annotations.NullMarked;
