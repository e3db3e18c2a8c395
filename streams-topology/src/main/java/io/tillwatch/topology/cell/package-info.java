/**
 * What is counted in a cell of the cube: outcomes, reasons, money and a latency sketch, all of
 * which add up. Plain Java: ingest, cube, detector, localiser and queries share it.
 */
@NullMarked
package io.tillwatch.topology.cell;

import org.jspecify.annotations.NullMarked;
