/**
 * The cube: leaf cells and roll-ups of every minute, kept in RocksDB, readable from any thread.
 *
 * <p>Partials are merged into cells that are objects while their minute is being worked on; what
 * changed is written once per commit, in chunks of one cuboid of one minute. A minute is closed
 * when the watermark has passed it, and handed to the detector; cells of closed minutes still take
 * late partials.
 */
@NullMarked
package io.tillwatch.topology.cube;

import org.jspecify.annotations.NullMarked;
