/** Hazelcast Jet's pipeline API, and the Kafka source that it lacks without its connector. */
@NullMarked
package io.tillwatch.load.peers.jet;

import org.jspecify.annotations.NullMarked;
