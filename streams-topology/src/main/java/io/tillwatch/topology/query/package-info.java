/**
 * Interactive queries: the cube over HTTP. A request becomes a {@code CellsQuery} with every
 * default filled in, a {@code Route} finds the instance that holds its kind of event, {@code
 * CellSums} adds up what {@link io.tillwatch.topology.query.CubeQueries} reads from the stores, and
 * the answer says how fresh it is and whether it may still change.
 */
@NullMarked
package io.tillwatch.topology.query;

import org.jspecify.annotations.NullMarked;
