package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;

/**
 * Ids that will be looked for soon. Touched one right after the other, their places in memory are
 * fetched side by side; looked for one by one between other work, each would be waited for.
 */
final class Ahead {

  static final int IDS_MAX = 16;

  private final IdHash hash = new IdHash();
  private final long[] places = new long[IDS_MAX];
  private final long[] rests = new long[IDS_MAX];
  private int count;

  /** What was touched goes in here, or the compiler would see that nobody needs it. */
  private int touched;

  void add(EventKind kind, byte[] bytes, int idFrom, int idLength) {
    if (count < IDS_MAX) {
      hash.of(kind, bytes, idFrom, idLength);
      places[count] = hash.place();
      rests[count] = hash.rest();
      count++;
    }
  }

  /** Touches where they would be in that slot. */
  void touch(Slot slot) {
    int all = touched;
    for (int i = 0; i < count; i++) {
      all ^= slot.touch(places[i], rests[i]);
    }
    touched = all;
    count = 0;
  }
}
