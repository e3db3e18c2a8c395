package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.incident.CorrelationRules;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.slice.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is around an incident.
 *
 * @param lead the burst whose root cells the incident shows
 * @param others the other bursts of the incident
 * @param changes changes of ours in its place, shortly before
 * @param notices what its PSP's status page says of that time
 */
public record Scene(
    Burst lead, List<Burst> others, List<ChangeEvent> changes, List<StatusEvent> notices) {

  public Scene {
    others = List.copyOf(others);
    changes = List.copyOf(changes);
    notices = List.copyOf(notices);
  }

  /** The part of what is known lately that belongs to these bursts. */
  public static Scene of(
      Burst lead,
      List<Burst> others,
      List<ChangeEvent> recentChanges,
      List<StatusEvent> recentNotices,
      CorrelationRules near) {
    return new Scene(
        lead,
        others,
        recentChanges.stream().filter(change -> concerns(change, lead, near)).toList(),
        recentNotices.stream().filter(notice -> concerns(notice, lead, near)).toList());
  }

  /** Strongest root cell, value by dimension. */
  Map<String, String> rootCell() {
    return lead.getRootCells().isEmpty() ? Map.of() : lead.getRootCells().getFirst().getSlice();
  }

  private static boolean concerns(ChangeEvent change, Burst lead, CorrelationRules near) {
    Instant onset = lead.getOnsetAt();
    return !change.getEventTime().isBefore(onset.minus(near.changesBefore()))
        && !change.getEventTime().isAfter(lead.getDetectedAt())
        && lead.getRootCells().stream()
            .anyMatch(cell -> overlap(change.getScope(), cell.getSlice()));
  }

  private static boolean concerns(StatusEvent notice, Burst lead, CorrelationRules near) {
    Instant at = notice.getStartedAt() != null ? notice.getStartedAt() : notice.getEventTime();
    Instant end = lead.getClosedAt() != null ? lead.getClosedAt() : lead.getUpdatedAt();
    return notice.getIndicator() != StatusIndicator.NONE
        && notice.getIndicator() != StatusIndicator.UNKNOWN
        && !at.isBefore(lead.getOnsetAt().minus(near.noticesAround()))
        && !at.isAfter(end.plus(near.noticesAround()))
        && lead.getRootCells().stream()
            .anyMatch(cell -> notice.getPsp().equals(cell.getSlice().get(Dimension.PSP.label())));
  }

  private static boolean overlap(Map<String, String> a, Map<String, String> b) {
    return a.entrySet().stream()
        .allMatch(
            entry -> entry.getValue().equals(b.getOrDefault(entry.getKey(), entry.getValue())));
  }
}
