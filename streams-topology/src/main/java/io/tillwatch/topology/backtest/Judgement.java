package io.tillwatch.topology.backtest;

import io.tillwatch.topology.backtest.Labels.LabelledEvent;
import io.tillwatch.topology.backtest.Labels.Role;
import io.tillwatch.topology.plot.Ruling;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Which incident belongs to which event, and what that makes of both, as {@link Score} counts. */
final class Judgement {

  private final Labels labels;
  private final Places places;

  Judgement(Labels labels, Places places) {
    this.labels = labels;
    this.places = places;
  }

  List<LabelledEvent> events() {
    return labels.events();
  }

  /** Whether an incident has to do with some event that is drawn closely enough to show it. */
  boolean belongs(FoundIncident incident) {
    return labels.events().stream()
        .filter(event -> event.role() != Role.TRAP_DAY)
        .anyMatch(event -> belongs(incident, event));
  }

  /** Whether an incident has to do with this event: as its finding, or as what it should not do. */
  boolean belongs(FoundIncident incident, LabelledEvent event) {
    if (incident.openedAt() < labels.warmUpMinutes()) {
      return false;
    }
    return switch (event.role()) {
      case RATE, SIDE -> concerns(incident, event, Score.RECOVERY);
      case TRAP -> alerts(incident, event);
      case TRAP_DAY ->
          event.isNear(incident.openedAt(), Score.TOLERANCE)
              && labels.events().stream()
                  .filter(other -> other.role() != Role.TRAP_DAY && other.role() != Role.TRAP)
                  .noneMatch(other -> concerns(incident, other, Score.RECOVERY));
    };
  }

  /** What became of an event. */
  Ruling ruling(LabelledEvent event, Collection<FoundIncident> incidents) {
    return switch (event.role()) {
      case RATE, SIDE -> delay(event, incidents).isPresent() ? Ruling.FOUND : missed(event);
      case TRAP, TRAP_DAY ->
          incidents.stream().anyMatch(incident -> belongs(incident, event))
              ? Ruling.ALERTED
              : Ruling.SILENT;
    };
  }

  private static Ruling missed(LabelledEvent event) {
    boolean isScored =
        event.role() == Role.RATE
            || Score.SIDES.values().stream().anyMatch(types -> types.contains(event.type()));
    return isScored ? Ruling.MISSED : Ruling.UNSCORED;
  }

  /** Minutes from the start of an event that is to be found until it was; empty when never. */
  OptionalInt delay(LabelledEvent event, Collection<FoundIncident> incidents) {
    if (event.role() != Role.RATE && event.role() != Role.SIDE) {
      return OptionalInt.empty();
    }
    return incidents.stream()
        .filter(incident -> incident.openedAt() >= labels.warmUpMinutes())
        .filter(incident -> finds(incident, event))
        .mapToInt(incident -> incident.openedAt() - event.start())
        .min();
  }

  /** What an incident is worth that belongs to no event. */
  Ruling ruling(FoundIncident incident) {
    if (incident.openedAt() < labels.warmUpMinutes()) {
      return Ruling.UNSCORED;
    }
    if (isRate(incident)) {
      return Ruling.FALSE;
    }
    boolean isNearSomething =
        labels.events().stream()
            .filter(event -> event.role() == Role.RATE || event.role() == Role.SIDE)
            .anyMatch(event -> event.isNear(incident.openedAt(), Score.RECOVERY));
    boolean isScored = Score.SIDES.containsKey(incident.channel());
    return isScored && !isNearSomething ? Ruling.FALSE : Ruling.UNSCORED;
  }

  private boolean finds(FoundIncident incident, LabelledEvent event) {
    boolean isItsChannel = event.role() == Role.RATE ? isRate(incident) : isSideOf(incident, event);
    return isItsChannel && concerns(incident, event, Score.TOLERANCE);
  }

  private boolean concerns(FoundIncident incident, LabelledEvent event, int after) {
    if (!event.isNear(incident.openedAt(), after)) {
      return false;
    }
    if (isRate(incident)) {
      return event.role() == Role.RATE && hasCell(incident, cell -> places.related(event, cell));
    }
    boolean mayTellIt =
        event.role() == Role.RATE
            || isSideOf(incident, event)
            || !Score.SIDES.containsKey(incident.channel());
    return mayTellIt
        && hasCell(
            incident,
            cell -> event.causes().stream().anyMatch(cause -> Places.compatible(cell, cause)));
  }

  /** Whether an incident was told because of a trap. */
  private boolean alerts(FoundIncident incident, LabelledEvent trap) {
    if (!trap.isNear(incident.openedAt(), Score.TOLERANCE)) {
      return false;
    }
    if (isRate(incident)) {
      return hasCell(
          incident, cell -> places.related(trap, cell) && !isNeutral(incident.openedAt(), cell));
    }
    return Score.SIDES.containsKey(incident.channel())
        && labels.of(Role.SIDE).stream().noneMatch(event -> finds(incident, event));
  }

  private boolean isNeutral(int minute, String cell) {
    return labels.of(Role.RATE).stream()
        .anyMatch(event -> event.isNear(minute, Score.RECOVERY) && places.related(event, cell));
  }

  private static boolean isRate(FoundIncident incident) {
    return incident.channel().equals(Score.RATE_CHANNEL);
  }

  private static boolean isSideOf(FoundIncident incident, LabelledEvent event) {
    return Score.SIDES.getOrDefault(incident.channel(), List.of()).contains(event.type());
  }

  private static boolean hasCell(FoundIncident incident, Predicate<String> which) {
    return incident.rootCausesAfter(0).stream().anyMatch(which);
  }
}
