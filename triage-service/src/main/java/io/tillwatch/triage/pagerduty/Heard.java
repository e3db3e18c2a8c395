package io.tillwatch.triage.pagerduty;

import io.tillwatch.schemas.incident.Command;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook came to.
 *
 * @param eventId PagerDuty's name for what happened; empty when it could not be read
 * @param command what is to be put on record; only for {@link Outcome#COMMAND}
 */
public record Heard(Outcome outcome, String eventId, @Nullable Command command) {

  /** What a webhook came to, as counted. Every webhook ends in exactly one. */
  public enum Outcome {
    /** Something a person did or that is worth a note: goes on record. */
    COMMAND,
    /** Heard before. */
    DUPLICATE,
    /** Not signed with one of our secrets. */
    UNSIGNED,
    /** Signed, but not what was agreed on. */
    UNREADABLE,
    /** Of a kind that changes nothing here. */
    IGNORED,
    /** About an incident that is not ours. */
    UNKNOWN_INCIDENT,
    /** About another episode than the present one. */
    OTHER_EPISODE,
    /** The echo of what we told PagerDuty ourselves. */
    OWN,
    /** Could not be put on record: PagerDuty sends it again. */
    NOT_RECORDED
  }

  static Heard nothing(Outcome outcome, String eventId) {
    return new Heard(outcome, eventId, null);
  }
}
