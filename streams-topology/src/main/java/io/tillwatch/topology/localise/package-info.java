/**
 * Which cells explain what is anomalous: {@link io.tillwatch.topology.localise.Axes} chooses the
 * cuboids worth looking at, {@link io.tillwatch.topology.localise.Layout} rolls leaves up to their
 * cells, {@link io.tillwatch.topology.localise.CubeScan} names the smallest set of cells that
 * explains the evidence. Plain Java, deterministic, no knowledge of time.
 */
@NullMarked
package io.tillwatch.topology.localise;

import org.jspecify.annotations.NullMarked;
