/** Flink's DataStream API: source, flat map, key, window, aggregate, sink. */
@NullMarked
package io.tillwatch.load.peers.flink;

import org.jspecify.annotations.NullMarked;
