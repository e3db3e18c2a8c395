package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;

/** Tells events that were let in before from new ones. Used by one task. */
public interface Dedupe {

  /** Takes every event for a new one. */
  Dedupe OFF = new Unremembering();

  /** Events that are made ready for together. */
  int EXPECTED_MAX = Ahead.IDS_MAX;

  /**
   * Whether an event of that kind and id was let in before.
   *
   * @param bytes where the id is, {@code idLength} bytes of UTF-8 from {@code idFrom}
   * @param value the event as it came, to tell a repeated delivery from another event
   */
  Seen look(
      EventKind kind, byte[] bytes, int idFrom, int idLength, long eventTimeMillis, byte[] value);

  /**
   * Says that an event of that kind and id will be looked at soon; wrong guesses do no harm. Up to
   * {@link #EXPECTED_MAX} are taken before {@link #prepare}.
   */
  void expect(EventKind kind, byte[] bytes, int idFrom, int idLength);

  /** Makes ready for what is expected. */
  void prepare();

  /** Remembers the event that was last looked at, and was new. */
  void remember();

  /** Makes durable what was remembered. To be called inside the commit. */
  void commit();

  /** What is held now. */
  SeenCounts counts();
}
