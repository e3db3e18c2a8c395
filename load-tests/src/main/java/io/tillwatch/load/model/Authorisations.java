package io.tillwatch.load.model;

import io.tillwatch.load.model.Conditions.Failure;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Writes the authorisation attempts of payments: each judged, answered after a while, retried. */
final class Authorisations {

  private static final double BASE_LOGIT = 2.15;
  private static final double RETRY_LOGIT = -0.6;
  private static final int ATTEMPTS_MAX = 5;
  private static final int STORM_ATTEMPTS_MAX = 9;
  private static final int STORM_WAIT_MILLIS = 1_500;

  /** What is tried again at once fails as it did, mostly. */
  private static final double STORM_FAILS_AGAIN = 0.85;

  /** Of the attempts that do not succeed without any disturbance. */
  private static final double ERROR_SHARE = 0.03;

  private static final double TIMEOUT_SHARE = 0.015;
  private static final double SCA_FAILED_SHARE = 0.12;

  private static final double LATENCY_SIGMA = 0.35;
  private static final double THREE_DS_FACTOR = 1.4;
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int LATENCY_MILLIS_MAX = 60_000;

  private static final double CARD_TEST_APPROVED = 0.12;
  private static final double CARD_TEST_TICKET = 0.02;

  private final Climate climate;
  private final Conditions conditions;
  private final Courier courier;
  private final Aftermath aftermath;

  Authorisations(Climate climate, Conditions conditions, Courier courier) {
    this.climate = climate;
    this.conditions = conditions;
    this.courier = courier;
    this.aftermath = new Aftermath(conditions, courier);
  }

  /** A customer's payment that starts at that moment, with all that comes of it. */
  void customerPays(SplittableRandom random, Attempt attempt, long startMillis) {
    Payment payment = new Payment(random, attempt, 1);
    attempt.threeDs = Chance.happens(random, attempt.region.profile().threeDsShare());
    long millis = startMillis;
    Failure hammered = null;
    for (int number = 1; number <= STORM_ATTEMPTS_MAX; number++) {
      attempt.version = version(random, attempt, millis);
      Failure failure = hammered == null ? judge(payment, number, millis) : hammered;
      PaymentStep step = answer(payment, number, millis, failure);
      long answered = step.getEventTime().toEpochMilli();
      if (failure == null) {
        aftermath.follow(payment, answered);
        return;
      }
      boolean storm = Chance.happens(random, conditions.stormShare(attempt, answered));
      long wait = storm ? STORM_WAIT_MILLIS : waitBeforeRetry(random, number, failure);
      if (wait < 0) {
        return;
      }
      hammered = storm && Chance.happens(random, STORM_FAILS_AGAIN) ? failure : null;
      attempt.threeDs |= failure.outcome() == Outcome.CHALLENGED;
      millis = answered + wait;
    }
  }

  /** A stolen card tried out with a small amount, once. */
  void cardIsTested(SplittableRandom random, Attempt attempt, long startMillis) {
    Payment payment = new Payment(random, attempt, CARD_TEST_TICKET);
    double point = random.nextDouble();
    Reason reason =
        point < 0.5
            ? Reason.INVALID_CVC
            : point < 0.8 ? Reason.SUSPECTED_FRAUD : Reason.INVALID_CARD;
    boolean approved = Chance.happens(random, CARD_TEST_APPROVED);
    answer(payment, 1, startMillis, approved ? null : new Failure(Outcome.DECLINED, reason));
  }

  /** One payer who fails so many times in a row, evenly spread over a time. */
  void payerFails(SplittableRandom random, Attempt attempt, Disturbance what) {
    Payment payment = new Payment(random, attempt, 1);
    int times = (int) what.strength();
    long apart = (what.endMillis() - what.startMillis()) / times;
    Failure failure = new Failure(Outcome.DECLINED, Reason.INSUFFICIENT_FUNDS);
    for (int number = 1; number <= times; number++) {
      answer(payment, number, what.startMillis() + (number - 1) * apart, failure);
    }
  }

  private String version(SplittableRandom random, Attempt attempt, long millis) {
    boolean canary = Chance.happens(random, conditions.canaryShare(attempt, millis));
    return canary ? World.CANARY : World.STABLE;
  }

  /** How an attempt fails; null when it is approved. */
  private @Nullable Failure judge(Payment payment, int number, long millis) {
    SplittableRandom random = payment.random;
    Attempt attempt = payment.attempt;
    Failure disturbed = conditions.failure(EventKind.AUTH, attempt, millis, random);
    if (disturbed != null) {
      return disturbed;
    }
    double challenge = attempt.region.profile().challengeShare();
    if (number == 1 && !attempt.threeDs && Chance.happens(random, challenge)) {
      return new Failure(Outcome.CHALLENGED, Reason.SCA_REQUIRED);
    }
    double logit = BASE_LOGIT + climate.logit(attempt) + conditions.logitShift(attempt, millis);
    if (number > 1 && !attempt.threeDs) {
      logit += RETRY_LOGIT;
    }
    return Chance.happens(random, Chance.logistic(logit)) ? null : everydayFailure(payment);
  }

  private static Failure everydayFailure(Payment payment) {
    double point = payment.random.nextDouble();
    if (point < ERROR_SHARE) {
      return new Failure(Outcome.ERROR, Reason.GATEWAY_ERROR);
    }
    if (point < ERROR_SHARE + TIMEOUT_SHARE) {
      return new Failure(Outcome.TIMEOUT, Reason.TIMEOUT);
    }
    boolean sca = payment.attempt.threeDs && Chance.happens(payment.random, SCA_FAILED_SHARE);
    Reason reason = sca ? Reason.SCA_FAILED : payment.attempt.range.reason(payment.random);
    return new Failure(Outcome.DECLINED, reason);
  }

  /** Sends the answer to an attempt made at that moment, and the webhook that tells of it. */
  private PaymentStep answer(Payment payment, int number, long millis, @Nullable Failure failure) {
    Outcome outcome = failure == null ? Outcome.APPROVED : failure.outcome();
    int latency = latencyMillis(payment, outcome, millis);
    long answered = millis + latency;
    PaymentStep step =
        payment.step(
            payment.id + "-a" + number,
            answered,
            number,
            latency,
            outcome,
            failure == null ? null : failure.reason());
    courier.send(payment, new AuthEvent(step), answered);
    aftermath.notify(payment, "AUTHORISATION", "-wa" + number, answered);
    return step;
  }

  private int latencyMillis(Payment payment, Outcome outcome, long millis) {
    if (outcome == Outcome.TIMEOUT) {
      return TIMEOUT_MILLIS + payment.random.nextInt(200);
    }
    Attempt attempt = payment.attempt;
    double median =
        attempt.psp.latencyMillis()
            * attempt.region.profile().latencyFactor()
            * (attempt.threeDs ? THREE_DS_FACTOR : 1)
            * conditions.latencyFactor(attempt, millis);
    double drawn = Chance.logNormal(payment.random, median, LATENCY_SIGMA);
    return (int) Math.min(drawn, LATENCY_MILLIS_MAX);
  }

  /** Milliseconds until the payer tries again; -1 when there is no further attempt. */
  private static long waitBeforeRetry(SplittableRandom random, int number, Failure failure) {
    if (number >= ATTEMPTS_MAX) {
      return -1;
    }
    return switch (failure.outcome()) {
      case CHALLENGED -> Chance.happens(random, 0.85) ? 12_000 + random.nextInt(45_000) : -1;
      case ERROR, TIMEOUT -> Chance.happens(random, 0.35) ? 4_000 + random.nextInt(26_000) : -1;
      default -> Chance.happens(random, 0.18) ? 15_000 + random.nextInt(90_000) : -1;
    };
  }
}
