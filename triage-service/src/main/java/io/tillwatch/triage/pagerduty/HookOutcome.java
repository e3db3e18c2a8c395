package io.tillwatch.triage.pagerduty;

/** What a webhook of PagerDuty came to, as counted. Every webhook ends in exactly one. */
public enum HookOutcome {
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
  /** Breaks the limits of the desk's door, for example with a card number in a name. */
  REFUSED,
  /** Could not be put on record: PagerDuty sends it again. */
  NOT_RECORDED
}
