/**
 * The cube: leaf cells and roll-ups of every minute, kept in RocksDB, readable from any thread.
 *
 * <p>A minute is open first: its leaf cells are in memory, as columns, and the blocks of partials
 * that they were merged from in a store. It is closed when the watermark has passed it, and handed
 * to the detector; a little later it is sealed: leaf cells and roll-ups are written to disk, in
 * chunks of one cuboid of one minute, which still take late partials.
 */
@NullMarked
package io.tillwatch.topology.cube;

import org.jspecify.annotations.NullMarked;
