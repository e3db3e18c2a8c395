package io.tillwatch.load.model;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import java.util.List;
import java.util.SplittableRandom;
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
  record Failure(Outcome outcome, @Nullable Reason reason) {}

  private final List<Active> all;

  Conditions(List<Disturbance> disturbances) {
    this.all = disturbances.stream().map(d -> new Active(d, Scope.of(d.slice()))).toList();
  }

  /** Those that add traffic. */
  List<Active> surges() {
    return all.stream().filter(active -> active.what.type().addsTraffic()).toList();
  }

  /** How this step fails because of what goes on; null when it takes its normal course. */
  @Nullable Failure failure(
      EventKind kind, Attempt attempt, long millis, SplittableRandom random) {
    for (Active active : all) {
      Disturbance what = active.what;
      if (what.type().kind() == kind
          && what.type().makesFail()
          && active.applies(attempt, millis)
          && Chance.happens(random, what.strength())) {
        return failureOf(what.type(), random.nextDouble());
      }
    }
    return null;
  }

  private static Failure failureOf(DisturbanceType type, double point) {
    return switch (type) {
      case ISSUER_OUTAGE ->
          point < 0.85
              ? new Failure(Outcome.DECLINED, Reason.ISSUER_UNAVAILABLE)
              : new Failure(Outcome.TIMEOUT, Reason.TIMEOUT);
      case REGIONAL_CONNECTIVITY ->
          point < 0.80
              ? new Failure(Outcome.TIMEOUT, Reason.TIMEOUT)
              : new Failure(Outcome.ERROR, Reason.GATEWAY_ERROR);
      case DEPLOY_REGRESSION ->
          point < 0.70
              ? new Failure(Outcome.ERROR, Reason.CONFIGURATION)
              : new Failure(Outcome.ERROR, Reason.GATEWAY_ERROR);
      case CAPTURE_FAILURE, WEBHOOK_DELIVERY_FAILURE ->
          point < 0.75
              ? new Failure(Outcome.FAILED, Reason.GATEWAY_ERROR)
              : new Failure(Outcome.TIMEOUT, Reason.TIMEOUT);
      default ->
          point < 0.55
              ? new Failure(Outcome.ERROR, Reason.GATEWAY_ERROR)
              : new Failure(Outcome.TIMEOUT, Reason.TIMEOUT);
    };
  }

  /** What is added to the logit of success. */
  double logitShift(Attempt attempt, long millis) {
    double shift = 0;
    for (Active active : all) {
      if (active.what.type() == DisturbanceType.SLOW_DRIFT && active.applies(attempt, millis)) {
        shift -= active.what.strength() * active.what.progress(millis);
      }
    }
    return shift;
  }

  double latencyFactor(Attempt attempt, long millis) {
    double factor = 1;
    for (Active active : all) {
      if (active.what.type() == DisturbanceType.PSP_LATENCY && active.applies(attempt, millis)) {
        factor *= active.what.strength();
      }
    }
    return factor;
  }

  /** Share of attempts at this place that the canary version of the connector makes. */
  double canaryShare(Attempt place, long millis) {
    double share = World.CANARY_SHARE;
    for (Active active : all) {
      Disturbance what = active.what;
      if (what.isActive(millis) && active.scope.allowsPlace(place)) {
        share =
            switch (what.type()) {
              case BENIGN_DEPLOY -> what.strength();
              case DEPLOY_REGRESSION -> Notices.REGRESSION_ROLLOUT;
              default -> share;
            };
      }
    }
    return share;
  }

  /** Share of failures hammered again at once; 0 when customers retry as usual. */
  double stormShare(Attempt attempt, long millis) {
    double share = 0;
    for (Active active : all) {
      if (active.what.type() == DisturbanceType.RETRY_STORM && active.applies(attempt, millis)) {
        share = Math.max(share, active.what.strength());
      }
    }
    return share;
  }

  /** When a webhook leaves the PSP that wants to leave now. */
  long webhookLeaves(Attempt attempt, long millis, SplittableRandom random) {
    for (Active active : all) {
      if (active.what.type() == DisturbanceType.WEBHOOK_BACKLOG
          && active.applies(attempt, millis)
          && Chance.happens(random, active.what.strength())) {
        return active.what.endMillis();
      }
    }
    return millis;
  }
}
