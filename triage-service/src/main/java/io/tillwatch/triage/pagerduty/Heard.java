package io.tillwatch.triage.pagerduty;

import io.tillwatch.schemas.incident.Command;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook came to.
 *
 * @param eventId PagerDuty's name for what happened; empty when it could not be read
 * @param command what is to be put on record; only for {@link HookOutcome#COMMAND}
 */
record Heard(HookOutcome outcome, String eventId, @Nullable Command command) {

  static Heard nothing(HookOutcome outcome, String eventId) {
    return new Heard(outcome, eventId, null);
  }
}
