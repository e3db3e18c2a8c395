package io.tillwatch.triage.timeline;

import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long an incident's latest episode took, and what it cost.
 *
 * <p>Times count from when the episode was detected, the time to detect from its onset; the onset
 * of a later episode is not on record. What has not happened yet is null.
 *
 * @param detectedAt when this episode was found
 * @param toDetect from the onset until it was found; null from the second episode on
 * @param toPage until the pager took the page
 * @param toAcknowledge until somebody took it
 * @param toMitigate until the loss was stopped
 * @param toRecover until every burst recovered
 * @param toResolve until it was over
 * @param leadOverStatusPage how much later the PSP's own status page spoke of it; negative when it
 *     spoke first
 * @param approvalsLost expected minus observed successes of all episodes
 * @param amountAtRisk the same times the average ticket, per currency
 * @param last whether the figures are the last ones: the incident is over
 */
public record Figures(
    Instant detectedAt,
    @Nullable Duration toDetect,
    @Nullable Duration toPage,
    @Nullable Duration toAcknowledge,
    @Nullable Duration toMitigate,
    @Nullable Duration toRecover,
    @Nullable Duration toResolve,
    @Nullable Duration leadOverStatusPage,
    double approvalsLost,
    List<Money> amountAtRisk,
    boolean last) {

  public Figures {
    amountAtRisk = List.copyOf(amountAtRisk);
  }

  /**
   * The figures of an incident.
   *
   * @param log its log, oldest first
   */
  public static Figures of(Incident incident, List<IncidentLogEntry> log) {
    boolean first = incident.getEpisode() == 1;
    Instant detected = first ? incident.getDetectedAt() : reopened(log, incident);
    return new Figures(
        detected,
        first ? Duration.between(incident.getStartedAt(), detected) : null,
        since(detected, incident.getPagedAt()),
        since(detected, incident.getAcknowledgedAt()),
        since(detected, incident.getMitigatedAt()),
        since(detected, incident.getRecoveringAt()),
        since(detected, incident.getResolvedAt()),
        since(incident.getDetectedAt(), incident.getNoticedAt()),
        incident.getApprovalsLost(),
        incident.getAmountAtRisk(),
        over(incident.getState()));
  }

  private static Instant reopened(List<IncidentLogEntry> log, Incident incident) {
    Optional<Instant> at =
        log.stream()
            .filter(entry -> entry.getEvent() == IncidentEvent.REOPENED)
            .map(IncidentLogEntry::getAt)
            .reduce((earlier, later) -> later);
    return at.orElse(incident.getDetectedAt());
  }

  private static @Nullable Duration since(Instant from, @Nullable Instant at) {
    return at == null ? null : Duration.between(from, at);
  }

  private static boolean over(IncidentState state) {
    return switch (state) {
      case RESOLVED, REVIEWED, MERGED -> true;
      case DETECTED, OPEN, ACKNOWLEDGED, MITIGATED, RECOVERING, UNKNOWN -> false;
    };
  }
}
