package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.schemas.incident.IncidentCase;
import org.jspecify.annotations.Nullable;

/** One write to the desk's store: a key and its new value, null to delete it. */
public record StoredEntry(String key, @Nullable DeskEntry value) {

  static StoredEntry of(Docket docket) {
    return new StoredEntry(
        DeskState.keyOf(docket.getTenant()), DeskEntry.newBuilder().setDocket(docket).build());
  }

  static StoredEntry of(IncidentCase open) {
    return new StoredEntry(
        DeskState.keyOf(open.getIncident().getTenant(), open.getIncident().getIncidentId()),
        DeskEntry.newBuilder().setIncidentCase(open).build());
  }

  static StoredEntry removed(String tenant, String incidentId) {
    return new StoredEntry(DeskState.keyOf(tenant, incidentId), null);
  }
}
