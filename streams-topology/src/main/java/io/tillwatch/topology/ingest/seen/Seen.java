package io.tillwatch.topology.ingest.seen;

/** Whether an id was seen before. */
public enum Seen {
  /** Never within the horizon. */
  NEW,
  /** With the same value. */
  DUPLICATE,
  /** With another value: the first one counts. */
  CONFLICT
}
