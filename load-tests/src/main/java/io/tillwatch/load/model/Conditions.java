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
  private final List<Active> gaps;

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
    gaps = select(all, type -> type == DisturbanceType.TELEMETRY_GAP);
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
        boolean of3ds = active.scope.threeDs() != null;
        return failureOf(active.what.type(), of3ds, random.nextDouble());
      }
    }
    return null;
  }

  private static Failure failureOf(DisturbanceType type, boolean of3ds, double point) {
    Failure timeout = new Failure(Outcome.TIMEOUT, Reason.TIMEOUT);
    Failure gateway = new Failure(Outcome.ERROR, Reason.GATEWAY_ERROR);
    return switch (type) {
      case ISSUER_OUTAGE ->
          point < 0.85 ? new Failure(Outcome.DECLINED, Reason.ISSUER_UNAVAILABLE) : timeout;
      case ISSUER_POLICY_CHANGE ->
          declined(point < 0.75 ? Reason.DO_NOT_HONOR : Reason.NOT_PERMITTED);
      case NETWORK_OR_3DS_OUTAGE ->
          point > 0.75 ? timeout : declined(of3ds ? Reason.SCA_FAILED : Reason.ISSUER_UNAVAILABLE);
      case CONFIGURATION_OR_ROUTING ->
          point < 0.70
              ? new Failure(Outcome.ERROR, Reason.CONFIGURATION)
              : declined(Reason.NOT_PERMITTED);
      case CREDENTIAL_OR_CERTIFICATE_EXPIRY -> new Failure(Outcome.ERROR, Reason.CONFIGURATION);
      case RATE_LIMITED -> new Failure(Outcome.ERROR, Reason.RATE_LIMITED);
      case UNEXPLAINED -> declined(point < 0.6 ? Reason.UNKNOWN : Reason.INSUFFICIENT_FUNDS);
      case REGIONAL_CONNECTIVITY -> point < 0.80 ? timeout : gateway;
      case DEPLOY_REGRESSION ->
          point < 0.70 ? new Failure(Outcome.ERROR, Reason.CONFIGURATION) : gateway;
      case CAPTURE_FAILURE, WEBHOOK_DELIVERY_FAILURE ->
          point < 0.75 ? new Failure(Outcome.FAILED, Reason.GATEWAY_ERROR) : timeout;
      default -> point < 0.55 ? gateway : timeout;
    };
  }

  private static Failure declined(Reason reason) {
    return new Failure(Outcome.DECLINED, reason);
  }

  /** Whether what happened to an attempt then is not told to anybody. */
  boolean unseen(Attempt attempt, long millis, SplittableRandom random) {
    for (Active active : gaps) {
      if (active.applies(attempt, millis) && Chance.happens(random, active.what.strength())) {
        return true;
      }
    }
    return false;
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
