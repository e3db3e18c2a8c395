package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.delivery.Value;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline needs of an event that was admitted. One is filled again and again: what it
 * says holds until the group's next turn, its numbers until the index they are of is cleared, and
 * its bytes until the deliveries that it came with are let go. Used by one task.
 */
final class EventView {

  private static final byte[] NONE = {};
  private static final Value NO_VALUE = Value.of(NONE);

  EventKind kind = EventKind.AUTH;
  long eventTimeMillis;

  /** The event's id in UTF-8: in these bytes, from here, so long. */
  byte[] id = NONE;

  int idFrom;
  int idLength;

  /** The event as it came. */
  Value value = NO_VALUE;

  /** What dedupe has it under, once it is expected there. */
  int expected;

  /** Number of its leaf, once it was asked for. */
  int slice;

  /** Numbers of the leaf's values in dimension order. */
  final int[] codes = new int[Dimension.ALL.size()];

  int currency;
  Outcome outcome = Outcome.UNKNOWN;
  @Nullable Reason reason;

  /** Number of the attempt within its payment, from 1. */
  int attempt;

  long amountMinor;

  /** What the latency sketch takes, or {@link Tally#NO_LATENCY}. */
  long latencyMillis;

  /** Attributes that hold card data and are dropped. */
  int redacted;
}
