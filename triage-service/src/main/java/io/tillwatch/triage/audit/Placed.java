package io.tillwatch.triage.audit;

import io.tillwatch.schemas.incident.IncidentLogEntry;

/**
 * A log entry and where it stands.
 *
 * @param place topic-partition@offset, or file:line
 */
public record Placed(IncidentLogEntry entry, String place) {}
