package io.tillwatch.triage.incident;

import java.util.Locale;

/** What the desk made of an input; log, metric and screen use the same word. */
public enum Verdict {
  /** A new incident. */
  OPENED,
  /** A burst joined an incident of the same cause. */
  JOINED,
  /** An incident changed. */
  UPDATED,
  /** A resolved incident is open again. */
  REOPENED,
  /** Two incidents turned out to be one. */
  MERGED,
  /** One incident turned out to be two. */
  SPLIT,
  /** One or more incidents are over. */
  RESOLVED,
  /** Kept for later; no incident is concerned. */
  REMEMBERED,
  /** Seen before, or older than what is known. */
  DUPLICATE,
  /** A burst that closed before the desk heard of it, or after its incident was put away. */
  TOO_LATE,
  /** No incident of that id is on the desk. */
  UNKNOWN_INCIDENT,
  /** The incident's state does not allow it. */
  NOT_ALLOWED,
  /** The desk is full of worse incidents; see {@link DeskLimits}. */
  DESK_FULL,
  /** Nothing to do. */
  NOTHING;

  /** The word on screens and in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
