package io.tillwatch.rules.incident;

import io.tillwatch.rules.source.Fields;
import java.time.Duration;

/**
 * Hysteresis at the end of an incident.
 *
 * @param quietFor how long every burst must be closed before the incident is resolved
 * @param reopenWithin how long after that the same cells reopen it instead of opening another
 * @param forgetAfter how long without a word about any of its bursts until it is resolved for want
 *     of news
 * @param flapping when it comes back too often
 */
public record RecoveryRules(
    Duration quietFor, Duration reopenWithin, Duration forgetAfter, Flapping flapping) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** Reads them. */
  public static RecoveryRules read(Fields fields) {
    RecoveryRules rules =
        new RecoveryRules(
            fields.duration("quiet-for", Duration.ZERO, DAY),
            fields.duration("reopen-within", Duration.ZERO, WEEK),
            fields.duration("forget-after", Duration.ofHours(1), WEEK),
            fields.has("flapping") ? Flapping.read(fields.mapping("flapping")) : Flapping.DEFAULT);
    fields.end();
    return rules;
  }
}
