package io.tillwatch.load.bench.input;

import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.bench.recount.Recount;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Draws authorisation events, each as it is sent and as it is counted. Follows from its seed. Ids
 * are UUIDs, as most producers make them.
 */
public final class AuthDraw {

  private static final double APPROVED_SHARE = .92;
  private static final double TECHNICAL_SHARE = .015;
  private static final double FIRST_ATTEMPT_SHARE = .88;
  private static final double LATENCY_MEDIAN_MILLIS = 240;
  private static final double LATENCY_SIGMA = .45;
  private static final int LATENCY_MAX_MILLIS = 30_000;
  private static final double AMOUNT_MEDIAN_MINOR = 4_200;
  private static final double AMOUNT_SIGMA = .9;
  private static final Reason[] DECLINES = {
    Reason.INSUFFICIENT_FUNDS, Reason.DO_NOT_HONOR, Reason.INSUFFICIENT_FUNDS, Reason.CARD_EXPIRED,
    Reason.DO_NOT_HONOR, Reason.SUSPECTED_FRAUD, Reason.LIMIT_EXCEEDED, Reason.SCA_REQUIRED
  };

  private final Market market;
  private final SplittableRandom random;

  /** Draws from a market. */
  public AuthDraw(Market market, long seed) {
    this.market = market;
    this.random = new SplittableRandom(seed);
  }

  /**
   * One event.
   *
   * @param key payment id
   */
  public record Drawn(String key, AuthEvent event, Recount.Event counted) {}

  /** What became of an authorisation. */
  private record End(Outcome outcome, Reason reason, String rawCode) {

    int reasonNumber() {
      return outcome == Outcome.APPROVED ? Measures.NO_REASON : reason.ordinal();
    }
  }

  private static final End APPROVED =
      new End(Outcome.APPROVED, Reason.UNKNOWN, "approved.by-issuer.network-answer-00");

  /** The next event. */
  public Drawn next(long timeMillis) {
    String psp = market.psp(random);
    Market.Bin bin = market.bin(random);
    Market.Region region = market.region(random);
    End end = end();
    double first = random.nextDouble();
    int attempt = first < FIRST_ATTEMPT_SHARE ? 1 : 2 + (int) (random.nextDouble() * 1.2);
    int latency =
        (int) Math.min(LATENCY_MAX_MILLIS, logNormal(LATENCY_MEDIAN_MILLIS, LATENCY_SIGMA));
    long amount = 1 + (long) logNormal(AMOUNT_MEDIAN_MINOR, AMOUNT_SIGMA);
    String payment = uuid();
    PaymentStep step =
        new PaymentStep(
            uuid(),
            Instant.ofEpochMilli(timeMillis),
            payment,
            attempt,
            psp,
            bin.digits(),
            region.name(),
            bin.country(),
            "card",
            bin.scheme(),
            region.currency(),
            amount,
            null,
            null,
            region.threeDs(),
            latency,
            end.outcome(),
            end.outcome() == Outcome.APPROVED ? null : end.reason(),
            end.rawCode(),
            Map.of());
    Recount.Event counted =
        new Recount.Event(
            timeMillis,
            psp,
            bin.digits(),
            region.name(),
            end.outcome().ordinal(),
            end.reasonNumber(),
            attempt,
            region.currency(),
            amount,
            latency);
    return new Drawn(payment, new AuthEvent(step), counted);
  }

  private End end() {
    double share = random.nextDouble();
    if (share < APPROVED_SHARE) {
      return APPROVED;
    }
    if (share < APPROVED_SHARE + TECHNICAL_SHARE) {
      return random.nextBoolean()
          ? new End(Outcome.ERROR, Reason.GATEWAY_ERROR, "error.gateway.upstream-closed")
          : new End(Outcome.TIMEOUT, Reason.TIMEOUT, "error.gateway.no-answer-in-time");
    }
    Reason reason = DECLINES[random.nextInt(DECLINES.length)];
    return reason == Reason.SCA_REQUIRED
        ? new End(Outcome.CHALLENGED, reason, "challenge.required.by-issuer")
        : new End(Outcome.DECLINED, reason, "declined.by-issuer.network-answer-05");
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * random.nextGaussian());
  }
}
