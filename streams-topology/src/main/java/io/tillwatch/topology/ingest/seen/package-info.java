/**
 * Which events were let in before: ids as hashes in memory, in blocks in a logged store.
 *
 * <p>{@link io.tillwatch.topology.ingest.seen.SeenEvents} cuts event time into slots; a slot cuts
 * its ids into shards, each a table of entries and their index. What a commit adds leaves as one
 * block per slot, and a start reads the blocks. Beyond the bound a shard's ids leave memory as a
 * sorted run in the same store, and only a filter of them stays.
 */
@NullMarked
package io.tillwatch.topology.ingest.seen;

import org.jspecify.annotations.NullMarked;
