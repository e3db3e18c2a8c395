package io.tillwatch.triage.jira;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.link.Links;
import io.tillwatch.triage.phrase.Phrases;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The values of an incident that fields of an issue may name. */
final class NamedValues {

  /** All names. */
  static final Set<String> NAMES =
      Set.of(
          "incident",
          "episode",
          "severity",
          "class",
          "owner",
          "state",
          "where",
          "started",
          "detected",
          "summary",
          "approvalsLost",
          "amountAtRisk",
          "hypothesis",
          "psp",
          "region",
          "link");

  /** Those that are numbers. */
  static final Set<String> NUMBERS = Set.of("episode", "approvalsLost");

  private NamedValues() {}

  /** The values by name; what is not known is left out. */
  static Map<String, String> of(Action action, Optional<Incident> incident) {
    Map<String, String> values = new TreeMap<>(action.getDetails());
    values.put("incident", action.getIncidentId());
    values.put("episode", Integer.toString(action.getEpisode()));
    values.put("severity", Phrases.label(action.getSeverity()));
    values.put("summary", action.getSummary());
    values.put("link", action.getLinks().getOrDefault(Links.TILLWATCH, ""));
    incident
        .filter(known -> !known.getRootCells().isEmpty())
        .map(known -> known.getRootCells().getFirst().getSlice())
        .ifPresent(slice -> {
          values.put("psp", slice.getOrDefault("psp", ""));
          values.put("region", slice.getOrDefault("region", ""));
        });
    values.keySet().retainAll(NAMES);
    return values;
  }
}
