package io.tillwatch.standalone.evaluate;

import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.slice.Slice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a case at one moment.
 *
 * @param incident as it stands; null when there is none
 * @param at when it was read
 * @param hypotheses as shown, most likely first
 */
record Answer(@Nullable Incident incident, Instant at, List<Hypothesis> hypotheses) {

  /** Told of nothing. */
  static final String NONE = "none";

  Answer {
    hypotheses = List.copyOf(hypotheses);
  }

  /** The class, in the words of screens; none when nobody was told. */
  String word() {
    return incident == null ? NONE : Label.word(incident.getIncidentClass());
  }

  boolean isNone() {
    return incident == null;
  }

  boolean isUnknown() {
    return incident != null && incident.getIncidentClass() == IncidentClass.UNKNOWN;
  }

  boolean names(Label label) {
    return incident != null && incident.getIncidentClass() == label.incidentClass();
  }

  boolean blames(Owner owner) {
    return incident != null && incident.getOwner() == owner;
  }

  /** Whether the strongest root cell is exactly where it happened. */
  boolean locates(Label label) {
    return incident != null
        && !incident.getRootCells().isEmpty()
        && Slice.of(incident.getRootCells().getFirst().getSlice()).equals(label.scope());
  }

  /** Whether one of the first hypotheses names the cause, and the incident its place. */
  boolean causeInTop(int most, Label label) {
    return locates(label)
        && hypotheses.stream()
            .limit(most)
            .anyMatch(each -> each.getIncidentClass() == label.incidentClass());
  }

  /** How sure it says to be of its class, 0 to 1. */
  double confidence() {
    if (incident == null) {
      return 0;
    }
    IncidentClass named = incident.getIncidentClass();
    return hypotheses.stream()
        .filter(each -> each.getIncidentClass() == named)
        .mapToDouble(Hypothesis::getConfidence)
        .findFirst()
        .orElse(0);
  }
}
