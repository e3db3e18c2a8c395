package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;

/** Tells events that were let in before from new ones. Used by one task. */
public interface Dedupe {

  /** Takes every event for a new one. */
  Dedupe OFF = new Unremembering();

  /**
   * Whether an event of that kind and id was let in before.
   *
   * @param bytes where the id is, {@code idLength} bytes of UTF-8 from {@code idFrom}
   * @param value the event as it came, to tell a repeated delivery from another event
   */
  Seen look(
      EventKind kind, byte[] bytes, int idFrom, int idLength, long eventTimeMillis, byte[] value);

  /** Remembers the event that was last looked at, and was new. */
  void remember();

  /** Makes durable what was remembered. To be called inside the commit. */
  void commit();

  /** What is held now. */
  SeenCounts counts();
}
