package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an event that was let in: where it counts and what it adds.
 *
 * @param slice its leaf
 * @param attempt number of the attempt within its payment, from 1
 * @param latencyMillis what the latency sketch takes, or {@link Tally#NO_LATENCY}
 */
public record AcceptedEvent(
    EventKind kind,
    long eventTimeMillis,
    Slice slice,
    Outcome outcome,
    @Nullable Reason reason,
    int attempt,
    String currency,
    long amountMinor,
    long latencyMillis)
    implements Ingested {

  /** Counts this event. */
  public void addTo(Tally tally) {
    tally.add(kind, outcome, reason, attempt, currency, amountMinor, latencyMillis);
  }
}
