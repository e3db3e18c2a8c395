/**
 * The moment of the commit: what a task holds in memory leaves inside the transaction that commits
 * the input it came from. The only package that touches internals of Kafka Streams.
 */
@NullMarked
package io.tillwatch.topology.commit;

import org.jspecify.annotations.NullMarked;
