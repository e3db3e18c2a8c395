package io.tillwatch.triage.rehearsal;

import java.util.Locale;

/** A mistake that is planted into a rehearsal to show that its checks find it. */
public enum Bug {
  /** An action that was decided does not reach the topic. */
  DROPPED_RECORD,
  /** A page is queued once more under another dedup key. */
  PAGED_TWICE,
  /** Offsets are committed when a batch is read, before anything is done about it. */
  COMMITTED_BEFORE_RECORD,
  /** Actions of one incident do not wait for each other. */
  REORDERED,
  /** After a restart, what is on record is done again. */
  FORGOTTEN_DEDUPE,
  /** The desk does not hear how an action ended. */
  IGNORED_RESULT,
  /** Nobody else is told when the pager does not take a page. */
  NO_SECOND_CHANNEL,
  /** Each episode opens a ticket of its own. */
  TICKET_PER_EPISODE,
  /** The store forgets where a relapse goes back to. */
  LOST_RESUME_STATE,
  /** A restart finds one incident fewer than there was. */
  LOST_CASE,
  /** Waits are counted on a clock that people set. */
  WALL_CLOCK_WAITS;

  /** The word in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
