package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.incident.CorrelationRules;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.slice.Dimension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is around an incident.
 *
 * @param lead the burst whose root cells the incident shows
 * @param others the other bursts of the incident
 * @param lately changes of ours in its place shortly before, what its PSP's status page says of
 *     that time, and alerts of other systems of its place and time
 * @param past incidents that are over, to be compared with
 */
public record Scene(Burst lead, List<Burst> others, Lately lately, List<Past> past) {

  /** What a label such as {@code method} means elsewhere is anybody's guess; these are plain. */
  private static final Set<String> PLAIN =
      Set.of(Dimension.PSP.label(), Dimension.BIN_RANGE.label(), Dimension.REGION.label());

  public Scene {
    others = List.copyOf(others);
    past = List.copyOf(past);
  }

  /** The part of what is known lately that belongs to these bursts. */
  public static Scene of(Burst lead, List<Burst> others, Lately known, CorrelationRules near) {
    return new Scene(
        lead,
        others,
        new Lately(
            known.changes().stream().filter(change -> concerns(change, lead, near)).toList(),
            known.notices().stream().filter(notice -> concerns(notice, lead, near)).toList(),
            known.alerts().stream().filter(alert -> concerns(alert, lead, near)).toList()),
        List.of());
  }

  /** The same beside these incidents of before. */
  public Scene beside(List<Past> incidents) {
    return new Scene(lead, others, lately, incidents);
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
    return notice.getIndicator() != StatusIndicator.NONE
        && notice.getIndicator() != StatusIndicator.UNKNOWN
        && within(at, lead, near.noticesAround())
        && lead.getRootCells().stream()
            .anyMatch(cell -> notice.getPsp().equals(cell.getSlice().get(Dimension.PSP.label())));
  }

  private static boolean concerns(ExternalAlert alert, Burst lead, CorrelationRules near) {
    return within(alert.getStartsAt(), lead, near.alertsAround())
        && lead.getRootCells().stream()
            .anyMatch(cell -> speaksOf(alert.getLabels(), cell.getSlice()));
  }

  /** Some dimension agrees, and none of the plain ones says otherwise. */
  private static boolean speaksOf(Map<String, String> labels, Map<String, String> cell) {
    boolean agrees =
        cell.entrySet().stream()
            .anyMatch(fixed -> fixed.getValue().equalsIgnoreCase(labels.get(fixed.getKey())));
    return agrees
        && PLAIN.stream().noneMatch(plain -> contradict(cell.get(plain), labels.get(plain)));
  }

  private static boolean contradict(@Nullable String ours, @Nullable String theirs) {
    return ours != null && theirs != null && !ours.equalsIgnoreCase(theirs);
  }

  private static boolean within(Instant at, Burst lead, Duration around) {
    Instant end = lead.getClosedAt() != null ? lead.getClosedAt() : lead.getUpdatedAt();
    return !at.isBefore(lead.getOnsetAt().minus(around)) && !at.isAfter(end.plus(around));
  }

  private static boolean overlap(Map<String, String> a, Map<String, String> b) {
    return a.entrySet().stream()
        .allMatch(
            entry -> entry.getValue().equals(b.getOrDefault(entry.getKey(), entry.getValue())));
  }
}
