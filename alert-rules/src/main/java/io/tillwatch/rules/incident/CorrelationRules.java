package io.tillwatch.rules.incident;

import io.tillwatch.rules.source.Fields;
import java.time.Duration;

/**
 * What counts as near in time.
 *
 * @param together how far apart the onsets of bursts of different kinds may be for one cause
 * @param changesBefore how long before the onset a change of ours is suspect
 * @param noticesAround how far from the onset a PSP's own notice still speaks of it
 */
public record CorrelationRules(Duration together, Duration changesBefore, Duration noticesAround) {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Reads them. */
  public static CorrelationRules read(Fields fields) {
    CorrelationRules rules =
        new CorrelationRules(
            fields.duration("together", MINUTE, DAY),
            fields.duration("changes-before", MINUTE, DAY),
            fields.duration("notices-around", MINUTE, DAY));
    fields.end();
    return rules;
  }
}
