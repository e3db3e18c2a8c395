package io.tillwatch.rules.incident;

import io.tillwatch.rules.source.Fields;
import java.time.Duration;

/**
 * What counts as near in time.
 *
 * @param together how far apart the onsets of bursts of different kinds may be for one cause
 * @param changesBefore how long before the onset a change of ours is suspect
 * @param noticesAround how far from the onset a PSP's own notice still speaks of it
 * @param alertsAround how far from the onset an alert of another system still speaks of it
 * @param recursWithin how long after its end an incident of the same class and place is said to
 *     have come back
 */
public record CorrelationRules(
    Duration together,
    Duration changesBefore,
    Duration noticesAround,
    Duration alertsAround,
    Duration recursWithin) {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);

  /** Where a site's own section says nothing of it. */
  private static final Duration ALERTS_AROUND = Duration.ofMinutes(30);

  private static final Duration RECURS_WITHIN = Duration.ofDays(20);

  /** Reads them. */
  public static CorrelationRules read(Fields fields) {
    CorrelationRules rules =
        new CorrelationRules(
            fields.duration("together", MINUTE, DAY),
            fields.duration("changes-before", MINUTE, DAY),
            fields.duration("notices-around", MINUTE, DAY),
            fields.has("alerts-around")
                ? fields.duration("alerts-around", MINUTE, DAY)
                : ALERTS_AROUND,
            fields.has("recurs-within")
                ? fields.duration("recurs-within", Duration.ZERO, YEAR)
                : RECURS_WITHIN);
    fields.end();
    return rules;
  }
}
