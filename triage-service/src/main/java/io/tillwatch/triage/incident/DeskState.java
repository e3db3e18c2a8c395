package io.tillwatch.triage.incident;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.schemas.incident.IncidentCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one tenant's desk knows: the docket and the cases on it, by incident id.
 *
 * <p>Immutable. Cases are the live ones plus the latest resolved ones ({@link
 * DeskLimits#RESOLVED_MAX}), so that what is delivered again is recognised and what comes back is
 * reopened.
 */
public record DeskState(Docket docket, Map<String, IncidentCase> cases) {

  private static final char SEPARATOR = '/';

  static {
    TrustedClasses.declare();
  }

  public DeskState {
    cases = Collections.unmodifiableMap(new TreeMap<>(cases));
  }

  /** A desk nothing has happened at. */
  public static DeskState empty(String tenant) {
    return new DeskState(
        Docket.newBuilder().setTenant(tenant).setLastAt(Instant.EPOCH).build(), Map.of());
  }

  /** Desks by tenant, from all entries of the store in any order. */
  public static Map<String, DeskState> restore(Iterable<DeskEntry> entries) {
    Map<String, Docket> dockets = new LinkedHashMap<>();
    Map<String, Map<String, IncidentCase>> cases = new LinkedHashMap<>();
    for (DeskEntry entry : entries) {
      Docket docket = entry.getDocket();
      if (docket != null) {
        dockets.put(docket.getTenant(), docket);
      }
      IncidentCase open = entry.getIncidentCase();
      if (open != null) {
        cases
            .computeIfAbsent(open.getIncident().getTenant(), tenant -> new TreeMap<>())
            .put(open.getIncident().getIncidentId(), open);
      }
    }
    Map<String, DeskState> desks = new LinkedHashMap<>();
    dockets.forEach((tenant, docket) ->
        desks.put(tenant, new DeskState(docket, cases.getOrDefault(tenant, Map.of()))));
    return desks;
  }

  /** Whose desk it is. */
  public String tenant() {
    return docket.getTenant();
  }

  /** All entries, as a store holds them. */
  public List<StoredEntry> entries() {
    List<StoredEntry> entries = new ArrayList<>();
    entries.add(StoredEntry.of(docket));
    cases.values().forEach(open -> entries.add(StoredEntry.of(open)));
    return List.copyOf(entries);
  }

  static String keyOf(String tenant) {
    return tenant;
  }

  static String keyOf(String tenant, String incidentId) {
    return tenant + SEPARATOR + incidentId;
  }
}
