package io.tillwatch.triage.audit;

import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.time.Instant;

/**
 * A log entry and where it stands.
 *
 * @param place topic-partition@offset, or file:line
 * @param written the time its retention counts from
 */
public record Placed(IncidentLogEntry entry, String place, Instant written) {

  /** An entry of an export, which says nothing but the entry's own time. */
  public Placed(IncidentLogEntry entry, String place) {
    this(entry, place, entry.getAt());
  }
}
