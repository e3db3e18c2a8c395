package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.peers.Slice;

/** What some events add to one cell. */
record Partial(Slice slice, Measures measures) {}
