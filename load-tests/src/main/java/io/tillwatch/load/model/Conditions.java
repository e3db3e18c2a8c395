package io.tillwatch.load.model;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The disturbances of a run, asked what they do to one step at one moment. Knows no history. */
final class Conditions {

  /** A disturbance with its scope taken apart. */
  record Active(Disturbance what, Scope scope) {
    boolean applies(Attempt attempt, long millis) {
      return what.isActive(millis) && scope.allows(attempt);
    }
  }

  /** How a step fails. */
  record Failure(Outcome outcome, Reason reason) {}

  private final Map<EventKind, List<Active>> failing = new EnumMap<>(EventKind.class);
  private final List<Active> surges;
  private final List<Active> drifts;
  private final List<Active> slow;
  private final List<Active> rollouts;
  private final List<Active> storms;
  private final List<Active> backlogs;

  Conditions(List<Disturbance> disturbances) {
    List<Active> all = disturbances.stream().map(d -> new Active(d, Scope.of(d.slice()))).toList();
    for (EventKind kind : EventKind.values()) {
      failing.put(kind, select(all, type -> type.makesFail() && type.kind() == kind));
    }
    surges = select(all, DisturbanceType::addsTraffic);
    drifts = select(all, type -> type == DisturbanceType.SLOW_DRIFT);
    slow = select(all, type -> type == DisturbanceType.PSP_LATENCY);
    rollouts = select(all, DisturbanceType::isRollout);
    storms = select(all, type -> type == DisturbanceType.RETRY_STORM);
    backlogs = select(all, type -> type == DisturbanceType.WEBHOOK_BACKLOG);
  }

  private static List<Active> select(List<Active> all, Predicate<DisturbanceType> wanted) {
    return all.stream().filter(active -> wanted.test(active.what.type())).toList();
  }

  /** Those that add traffic. */
  List<Active> surges() {
    return surges;
  }

  /** How this step fails because of what goes on; null when it takes its normal course. */
  @Nullable Failure failure(EventKind kind, Attempt attempt, long millis, SplittableRandom random) {
    for (Active active : failing.getOrDefault(kind, List.of())) {
      if (active.applies(attempt, millis) && Chance.happens(random, active.what.strength())) {
        return failureOf(active.what.type(), random.nextDouble());
      }
    }
    return null;
  }

  private static Failure failureOf(DisturbanceType type, double point) {
    Failure timeout = new Failure(Outcome.TIMEOUT, Reason.TIMEOUT);
    Failure gateway = new Failure(Outcome.ERROR, Reason.GATEWAY_ERROR);
    return switch (type) {
      case ISSUER_OUTAGE ->
          point < 0.85 ? new Failure(Outcome.DECLINED, Reason.ISSUER_UNAVAILABLE) : timeout;
      case REGIONAL_CONNECTIVITY -> point < 0.80 ? timeout : gateway;
      case DEPLOY_REGRESSION ->
          point < 0.70 ? new Failure(Outcome.ERROR, Reason.CONFIGURATION) : gateway;
      case CAPTURE_FAILURE, WEBHOOK_DELIVERY_FAILURE ->
          point < 0.75 ? new Failure(Outcome.FAILED, Reason.GATEWAY_ERROR) : timeout;
      default -> point < 0.55 ? gateway : timeout;
    };
  }

  /** What is added to the logit of success. */
  double logitShift(Attempt attempt, long millis) {
    double shift = 0;
    for (Active active : drifts) {
      if (active.applies(attempt, millis)) {
        shift -= active.what.strength() * active.what.progress(millis);
      }
    }
    return shift;
  }

  double latencyFactor(Attempt attempt, long millis) {
    double factor = 1;
    for (Active active : slow) {
      if (active.applies(attempt, millis)) {
        factor *= active.what.strength();
      }
    }
    return factor;
  }

  /** Share of attempts at this place that the canary version of the connector makes. */
  double canaryShare(Attempt place, long millis) {
    double share = World.CANARY_SHARE;
    for (Active active : rollouts) {
      if (active.what.isActive(millis) && active.scope.allowsPlace(place)) {
        share = Math.max(share, Notices.rolloutShare(active.what));
      }
    }
    return share;
  }

  /** Share of failures hammered again at once; 0 when customers retry as usual. */
  double stormShare(Attempt attempt, long millis) {
    double share = 0;
    for (Active active : storms) {
      if (active.applies(attempt, millis)) {
        share = Math.max(share, active.what.strength());
      }
    }
    return share;
  }

  /** When a webhook leaves the PSP that wants to leave now. */
  long webhookLeaves(Attempt attempt, long millis, SplittableRandom random) {
    for (Active active : backlogs) {
      if (active.applies(attempt, millis) && Chance.happens(random, active.what.strength())) {
        return active.what.endMillis();
      }
    }
    return millis;
  }
}
