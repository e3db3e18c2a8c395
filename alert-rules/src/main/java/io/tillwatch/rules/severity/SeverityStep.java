package io.tillwatch.rules.severity;

import io.tillwatch.rules.source.Fields;
import java.util.Map;

/**
 * What it takes for one level: any of the three is enough.
 *
 * @param level the level reached
 * @param lostPerMinute approvals lost per minute
 * @param shareLost part of all traffic of the kind that is lost, 0 to 1
 * @param amountPerMinuteMinor amount at risk per minute by currency, minor units
 */
public record SeverityStep(
    Level level, double lostPerMinute, double shareLost, Map<String, Long> amountPerMinuteMinor) {

  private static final double LOST_MAX = 1e9;
  private static final double AMOUNT_MINOR_MAX = 1e15;
  private static final String CURRENCY = "[A-Z]{3}";

  public SeverityStep {
    amountPerMinuteMinor = Map.copyOf(amountPerMinuteMinor);
  }

  static SeverityStep read(Fields fields) {
    SeverityStep step =
        new SeverityStep(
            fields.oneOf("level", Level.class),
            fields.number("lost-per-minute", 0.001, LOST_MAX),
            fields.number("share-lost", 0.0001, 1),
            fields.each("amount-per-minute-minor", SeverityStep::amount));
    fields.end();
    return step;
  }

  private static long amount(Fields amounts, String currency) {
    if (!currency.matches(CURRENCY)) {
      amounts.problem(currency, "'" + currency + "'", "an ISO 4217 code such as EUR");
    }
    return (long) amounts.number(currency, 1, AMOUNT_MINOR_MAX);
  }

  boolean reachedBy(Loss loss, double shareCountsFrom) {
    return loss.perMinute() >= lostPerMinute
        || (loss.share() >= shareLost && loss.perMinute() >= shareCountsFrom)
        || amountPerMinuteMinor.entrySet().stream()
            .anyMatch(step ->
                loss.amountPerMinuteMinor().getOrDefault(step.getKey(), 0L) >= step.getValue());
  }
}
