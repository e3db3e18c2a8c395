package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.delivery.Value;

/** Tells events that were let in before from new ones. Used by one task. */
public interface Dedupe {

  /** Takes every event for a new one. */
  Dedupe OFF = new Unremembering();

  /** Events that are made ready for together. */
  int EXPECTED_MAX = Ahead.IDS_MAX;

  /**
   * Says that an event of that kind and id will be looked at: the first of a group, or one more of
   * at most {@link #EXPECTED_MAX}.
   *
   * @param bytes where the id is, {@code idLength} bytes of UTF-8 from {@code idFrom}
   * @return its number in the group
   */
  int expect(EventKind kind, byte[] bytes, int idFrom, int idLength);

  /** Makes ready for the group; the next one that is expected begins a new one. */
  void prepare();

  /**
   * Whether an event with the kind and id of that one was let in before.
   *
   * @param expected its number in the group that was last made ready
   * @param value the event as it came, to tell a repeated delivery from another event
   */
  Seen look(int expected, long eventTimeMillis, Value value);

  /** Remembers the event that was last looked at, and was new. */
  void remember();

  /** Makes durable what was remembered. To be called inside the commit. */
  void commit();

  /** What is held now. */
  SeenCounts counts();
}
