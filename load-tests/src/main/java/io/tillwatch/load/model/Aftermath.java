package io.tillwatch.load.model;

import io.tillwatch.load.model.Conditions.Failure;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Writes what follows an authorisation: capture, refund, and the webhooks that tell of them. */
final class Aftermath {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** The other payments are captured by the PSP together with their authorisation. */
  private static final double CAPTURED_SHARE = 0.65;

  private static final double CAPTURE_DELAY_MEDIAN = 6.0 * MINUTE;
  private static final double CAPTURE_DELAY_SIGMA = 0.9;
  private static final long CAPTURE_DELAY_MAX = 12 * HOUR;
  private static final double CAPTURE_FAILED_SHARE = 0.0025;
  private static final int CAPTURES_MAX = 4;

  private static final double REFUNDED_SHARE = 0.025;
  private static final double REFUND_DELAY_MEDIAN = 5.0 * HOUR;
  private static final double REFUND_DELAY_SIGMA = 0.8;
  private static final long REFUND_DELAY_MAX = 36 * HOUR;
  private static final double REFUND_TIME_MEDIAN = 2.0 * HOUR;
  private static final double REFUND_TIME_SIGMA = 0.6;
  private static final long REFUND_TIME_MAX = 20 * HOUR;
  private static final double REFUND_FAILED_SHARE = 0.006;

  private static final double WEBHOOK_LAG_MEDIAN = 2_500;
  private static final double WEBHOOK_LAG_SIGMA = 0.7;
  private static final long WEBHOOK_LAG_MAX = 10 * MINUTE;
  private static final double WEBHOOK_FAILED_SHARE = 0.003;
  private static final int WEBHOOK_DELIVERIES_MAX = 5;

  private final Conditions conditions;
  private final Courier courier;

  Aftermath(Conditions conditions, Courier courier) {
    this.conditions = conditions;
    this.courier = courier;
  }

  /** What comes of a payment approved at that moment. */
  void follow(Payment payment, long approvedMillis) {
    SplittableRandom random = payment.random;
    if (!Chance.happens(random, CAPTURED_SHARE)) {
      return;
    }
    long millis =
        approvedMillis
            + delay(random, CAPTURE_DELAY_MEDIAN, CAPTURE_DELAY_SIGMA, CAPTURE_DELAY_MAX);
    for (int number = 1; number <= CAPTURES_MAX; number++) {
      if (capture(payment, number, millis)) {
        maybeRefund(payment, millis);
        return;
      }
      millis += 5 * MINUTE + random.nextLong(10 * MINUTE);
    }
  }

  private boolean capture(Payment payment, int number, long millis) {
    SplittableRandom random = payment.random;
    Failure failure = failure(payment, EventKind.CAPTURE, millis, CAPTURE_FAILED_SHARE);
    Outcome outcome = failure == null ? Outcome.SUCCEEDED : failure.outcome();
    Reason reason = failure == null ? null : failure.reason();
    int latency =
        outcome == Outcome.TIMEOUT
            ? 10_000
            : (int) Chance.logNormal(random, 0.7 * payment.attempt.psp.latencyMillis(), 0.3);
    long ended = millis + latency;
    courier.send(
        payment,
        new CaptureEvent(
            payment.step(payment.id + "-c" + number, ended, number, latency, outcome, reason)),
        ended);
    return failure == null;
  }

  private void maybeRefund(Payment payment, long capturedMillis) {
    SplittableRandom random = payment.random;
    if (!Chance.happens(random, REFUNDED_SHARE)) {
      return;
    }
    long requested =
        capturedMillis + delay(random, REFUND_DELAY_MEDIAN, REFUND_DELAY_SIGMA, REFUND_DELAY_MAX);
    refund(payment, "-rq", requested, requested, null, Outcome.REQUESTED);
    long ended = requested + delay(random, REFUND_TIME_MEDIAN, REFUND_TIME_SIGMA, REFUND_TIME_MAX);
    Failure failure = failure(payment, EventKind.REFUND, ended, REFUND_FAILED_SHARE);
    refund(
        payment,
        "-rr",
        requested,
        ended,
        failure == null ? null : Reason.GATEWAY_ERROR,
        failure == null ? Outcome.SUCCEEDED : Outcome.FAILED);
    notify(payment, "REFUND", "-wr1", ended);
  }

  private void refund(
      Payment payment,
      String suffix,
      long requestedMillis,
      long millis,
      @Nullable Reason reason,
      Outcome outcome) {
    courier.send(
        payment,
        new RefundEvent(
            payment.step(payment.id + suffix, millis, 1, null, outcome, reason),
            payment.id + "-r1",
            Instant.ofEpochMilli(requestedMillis)),
        millis);
  }

  /** Tells us of something that happened at that moment, again until we took it or it gives up. */
  void notify(Payment payment, String type, String suffix, long happenedMillis) {
    SplittableRandom random = payment.random;
    long leaves = conditions.webhookLeaves(payment.attempt, happenedMillis, random);
    long millis = leaves + delay(random, WEBHOOK_LAG_MEDIAN, WEBHOOK_LAG_SIGMA, WEBHOOK_LAG_MAX);
    for (int delivery = 1; delivery <= WEBHOOK_DELIVERIES_MAX; delivery++) {
      Failure failure = failure(payment, EventKind.WEBHOOK, millis, WEBHOOK_FAILED_SHARE);
      Outcome outcome = failure == null ? Outcome.DELIVERED : failure.outcome();
      String id = payment.id + suffix + "-d" + delivery;
      WebhookEvent event =
          new WebhookEvent(
              payment.step(id, millis, 1, null, outcome, failure == null ? null : failure.reason()),
              type,
              Instant.ofEpochMilli(happenedMillis),
              delivery,
              status(outcome));
      courier.send(payment, event, millis);
      if (failure == null) {
        return;
      }
      millis += (30_000L << delivery) + random.nextInt(15_000);
    }
  }

  private static @Nullable Integer status(Outcome outcome) {
    return switch (outcome) {
      case DELIVERED -> 200;
      case FAILED -> 503;
      default -> null;
    };
  }

  private @Nullable Failure failure(
      Payment payment, EventKind kind, long millis, double everydayShare) {
    Failure disturbed = conditions.failure(kind, payment.attempt, millis, payment.random);
    if (disturbed != null) {
      return disturbed;
    }
    return Chance.happens(payment.random, everydayShare)
        ? new Failure(Outcome.FAILED, Reason.GATEWAY_ERROR)
        : null;
  }

  private static long delay(SplittableRandom random, double median, double sigma, long most) {
    return Math.min((long) Chance.logNormal(random, median, sigma), most);
  }
}
