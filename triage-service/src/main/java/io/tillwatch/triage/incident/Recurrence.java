package io.tillwatch.triage.incident;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether an incident came back: the same class in the same place, over not long before.
 *
 * <p>Counted among the incidents still on the desk ({@link DeskLimits#RESOLVED_MAX}). Pure.
 *
 * @param latest the one that was over last
 * @param times how many there were
 */
record Recurrence(Incident latest, int times) {

  /**
   * The return of earlier ones; empty when this is the first.
   *
   * @param now the incident, with its class and lead
   */
  static Optional<Recurrence> of(
      CaseDraft now, Burst lead, Collection<IncidentCase> cases, Duration within) {
    if (now.incident().getIncidentClass() == IncidentClass.UNKNOWN) {
      return Optional.empty(); // what nobody understands is not the same because of that
    }
    List<Incident> before =
        cases.stream()
            .filter(known -> !known.getIncident().getIncidentId().equals(now.incidentId()))
            .filter(known -> !known.getBursts().isEmpty())
            .filter(known -> over(known.getIncident(), now.incident().getStartedAt(), within))
            .filter(known ->
                known.getIncident().getIncidentClass() == now.incident().getIncidentClass())
            .filter(known -> samePlace(known, lead))
            .map(IncidentCase::getIncident)
            .toList();
    return before.stream()
        .max(Comparator.comparing(Incident::getResolvedAt).thenComparing(Incident::getIncidentId))
        .map(latest -> new Recurrence(latest, before.size()));
  }

  /** For people. */
  String text() {
    return "came back: %d of this class in this place before, the last one %s, over at %s"
        .formatted(times, latest.getIncidentId(), latest.getResolvedAt());
  }

  private static boolean over(Incident known, Instant startedAt, Duration within) {
    boolean ended =
        known.getState() == IncidentState.RESOLVED || known.getState() == IncidentState.REVIEWED;
    Instant resolvedAt = known.getResolvedAt();
    return ended
        && resolvedAt != null
        && !resolvedAt.isBefore(startedAt.minus(within))
        && known.getStartedAt().isBefore(startedAt);
  }

  private static boolean samePlace(IncidentCase known, Burst lead) {
    Burst then = Bursts.lead(known.getBursts());
    return then.getKind() == lead.getKind()
        && (Correlation.samePlace(then, lead) || bothEverywhere(then, lead));
  }

  private static boolean bothEverywhere(Burst then, Burst lead) {
    return everywhere(then) && everywhere(lead);
  }

  private static boolean everywhere(Burst burst) {
    return burst.getRootCells().stream().allMatch(cell -> cell.getSlice().isEmpty());
  }
}
