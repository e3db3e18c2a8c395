package io.tillwatch.load.model;

import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What the steps of one payment share: its stream of chance, its card, its amount. */
final class Payment {

  private static final int ID_LETTERS = 16;
  private static final double TICKET_MEDIAN_MINOR = 3_900;
  private static final double TICKET_SIGMA = 0.9;
  private static final long TICKET_MINOR_MAX = 500_000_00L;

  final SplittableRandom random;
  final Attempt attempt;
  final String id;
  private final String bin;
  private final String currency;
  private final long amountMinor;

  Payment(SplittableRandom random, Attempt attempt, double ticketFactor) {
    this.random = random;
    this.attempt = attempt;
    this.id = Chance.letters(random, ID_LETTERS);
    this.bin = attempt.range.bin(random);
    this.currency = attempt.range.currency();
    double median = TICKET_MEDIAN_MINOR * ticketFactor * unitsPerEuro(currency);
    double ticket = Chance.logNormal(random, median, TICKET_SIGMA);
    this.amountMinor = Math.clamp((long) ticket, 1, TICKET_MINOR_MAX);
  }

  private static double unitsPerEuro(String currency) {
    return switch (currency) {
      case "BRL" -> 5.5;
      case "MXN" -> 19;
      case "CAD" -> 1.5;
      default -> 1;
    };
  }

  /** One step of this payment: id of the event, when it ended, number, time taken, result. */
  PaymentStep step(
      String eventId,
      long millis,
      int number,
      @Nullable Integer latencyMillis,
      Outcome outcome,
      @Nullable Reason reason) {
    return new PaymentStep(
        eventId,
        Instant.ofEpochMilli(millis),
        id,
        number,
        attempt.psp.name(),
        bin,
        attempt.region.name(),
        attempt.range.country(),
        "card",
        attempt.range.entry().getScheme(),
        currency,
        amountMinor,
        attempt.merchant,
        attempt.version,
        attempt.threeDs,
        latencyMillis,
        outcome,
        reason,
        attempt.psp.rawCode(outcome, reason),
        Map.of());
  }
}
