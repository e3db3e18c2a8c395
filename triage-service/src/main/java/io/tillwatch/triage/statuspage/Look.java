package io.tillwatch.triage.statuspage;

import java.util.Locale;

/** How one look at a page ended; log and metric use the same word. */
enum Look {
  /** It says something else than before, and that is published. */
  CHANGED,
  /** It says the same. */
  UNCHANGED,
  /** It answered that nothing changed since we asked last. */
  NOT_MODIFIED,
  /** It answered with a status that is no summary. */
  REFUSED,
  /** It sends us somewhere else than to itself. */
  MOVED,
  /** There is no connection, or it broke. */
  UNREACHABLE,
  /** The deadline passed. */
  TIMED_OUT,
  /** Its answer is longer than we read. */
  TOO_LARGE,
  /** Its answer is no summary. */
  UNREADABLE,
  /** What it says could not be written to the topic; the next look says it again. */
  NOT_PUBLISHED;

  /** Whether the page itself could be read. */
  boolean read() {
    return this == CHANGED || this == UNCHANGED || this == NOT_MODIFIED;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
