/**
 * How payment records reach a task: all that a poll brought of a partition at once, in place of one
 * by one. What Kafka Streams does per record (queueing, timestamps, contexts) is then paid once per
 * poll and partition. Public interfaces of Kafka Streams only.
 */
@NullMarked
package io.tillwatch.topology.delivery;

import org.jspecify.annotations.NullMarked;
