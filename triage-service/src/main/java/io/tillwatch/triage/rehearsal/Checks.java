package io.tillwatch.triage.rehearsal;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.PagerStep;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.triage.incident.IncidentLife;
import io.tillwatch.triage.incident.LogChain;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What must hold in a rehearsal, whatever happened. That a page is not sent twice and no step is
 * taken back is checked where it happens, by {@link Outside} and {@link ExecutorSide}.
 */
final class Checks {

  /** From here on an outage is worth waking somebody; see the steps of severity. */
  private static final double WORTH_WAKING_LOST_PER_MINUTE = 5;

  private static final Duration FLAPS_WITHIN = RuleBook.defaults().recovery().flapping().within();

  private static final String TILLWATCH = "tillwatch";

  private Checks() {}

  /** The faults are over for as long as everything may take to settle. */
  static void afterHealing(World world) {
    Violation.unless(
        world.settled(),
        "deadline: not everything was done %s after the faults",
        World.SETTLED_WITHIN);
    everyActionHasItsResult(world);
    for (Burst burst : world.script().bursts()) {
      if (burns(burst)) {
        somebodyKnows(world, burst);
      }
    }
  }

  private static boolean burns(Burst burst) {
    return burst.getState() != BurstState.CLOSED
        && burst.getState() != BurstState.RECOVERING
        && burst.getApprovalsLostPerMinute() >= WORTH_WAKING_LOST_PER_MINUTE;
  }

  private static void somebodyKnows(World world, Burst burst) {
    IncidentCase known =
        world.desk().state().cases().values().stream()
            .filter(each -> revisionIn(each, burst) > 0)
            .max(Comparator.comparingInt(each -> revisionIn(each, burst)))
            .orElseThrow(
                () -> new Violation("never paged: no incident holds " + burst.getBurstId()));
    Violation.unless(
        paged(world, known) || excused(world, known, burst),
        "never paged: %s burns in %s, which is %s, the pager is at %s",
        burst.getBurstId(),
        known.getIncident().getIncidentId(),
        known.getIncident().getState(),
        known.getPager());
  }

  /** Of a burst that went on after a review, the incident that heard of it last holds it. */
  private static int revisionIn(IncidentCase known, Burst burst) {
    return known.getBursts().stream()
        .filter(each -> each.getBurstId().equals(burst.getBurstId()))
        .mapToInt(Burst::getRevision)
        .findFirst()
        .orElse(0);
  }

  private static boolean paged(World world, IncidentCase known) {
    Incident incident = known.getIncident();
    return IncidentLife.live(incident.getState())
        && world.pager().paged(incident.getIncidentId() + "/" + incident.getEpisode())
        && incident.getPagedAt() != null;
  }

  /** A person said that it is over while it burned, or something holds it back that says so. */
  private static boolean excused(World world, IncidentCase known, Burst burst) {
    boolean muted = known.getMutedBursts().contains(burst.getBurstId());
    return (muted && aPersonResolved(world, known))
        || known.getIncident().getSuppressions().stream()
            .anyMatch(suppression -> inForce(world, known, suppression));
  }

  private static boolean aPersonResolved(World world, IncidentCase known) {
    return world.topics().log.stream()
        .filter(entry -> entry.getIncidentId().equals(known.getIncident().getIncidentId()))
        .filter(entry -> entry.getEvent() == IncidentEvent.RESOLVED)
        .reduce((earlier, later) -> later)
        .filter(last -> !last.getAuthor().equals(TILLWATCH))
        .isPresent();
  }

  /** What stands before it was told itself, and who is spared was woken. */
  private static boolean inForce(World world, IncidentCase known, Suppression suppression) {
    if (suppression.getUntil() != null) {
      return false;
    }
    return switch (suppression.getKind()) {
      case FLAPPING -> wokenWithin(world, known, suppression.getSince());
      case INHIBITION -> {
        IncidentCase front = world.desk().state().cases().get(suppression.getBehind());
        yield front != null && paged(world, front);
      }
      case SILENCE -> true;
      case OTHER -> false;
    };
  }

  private static boolean wokenWithin(World world, IncidentCase known, Instant since) {
    String id = known.getIncident().getIncidentId();
    Instant from = since.minus(FLAPS_WITHIN);
    return world.topics().actions.stream()
        .filter(action -> action.getTarget() == ActionTarget.PAGER)
        .filter(action -> action.getVerb() == ActionVerb.TRIGGER)
        .filter(action -> action.getIncidentId().equals(id))
        .filter(action -> action.getCreatedAt().isAfter(from))
        .anyMatch(action -> world.pager().paged(id + "/" + action.getEpisode()));
  }

  /** Every outage is over, for long enough. */
  static void atTheEnd(World world) {
    Violation.unless(!anyLive(world), "closing: an incident without a burning burst is not over");
    Violation.unless(world.settled(), "closing: not everything was done at the end");
    everyActionHasItsResult(world);
    Violation.unless(
        world.pager().open().isEmpty(), "closing: the pager still has %s", world.pager().open());
    Map<String, Integer> tickets = world.tracker().tickets();
    tickets.forEach((id, count) -> Violation.unless(count == 1, "tickets: %s has %d", id, count));
    for (IncidentCase known : world.desk().state().cases().values()) {
      Violation.unless(
          known.getPendingActions().isEmpty(),
          "results: %s still waits for %s",
          known.getIncident().getIncidentId(),
          known.getPendingActions());
      Violation.unless(
          known.getPager() == PagerStep.NONE || known.getPager() == PagerStep.RESOLVED,
          "closing: %s is over and its pager %s",
          known.getIncident().getIncidentId(),
          known.getPager());
    }
    LogChain.verify(world.topics().log)
        .ifPresent(broken -> Violation.unless(false, "log: %s", broken));
  }

  private static void everyActionHasItsResult(World world) {
    Set<String> recorded = new HashSet<>();
    for (ActionResult result : world.topics().results) {
      Violation.unless(
          recorded.add(result.getActionId()), "results: %s twice", result.getActionId());
    }
    world
        .topics()
        .actions
        .forEach(action ->
            Violation.unless(
                recorded.contains(action.getActionId()),
                "results: %s has none",
                action.getActionId()));
  }

  static boolean anyLive(World world) {
    return world.desk().state().cases().values().stream()
        .anyMatch(known -> IncidentLife.live(known.getIncident().getState()));
  }
}
