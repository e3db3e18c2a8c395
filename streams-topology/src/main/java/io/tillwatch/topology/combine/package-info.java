/**
 * Adds events to partial cells in memory and forwards these, in blocks, inside the transaction that
 * commits the events: what crosses the wire grows with live cells, not with events.
 */
@NullMarked
package io.tillwatch.topology.combine;

import org.jspecify.annotations.NullMarked;
