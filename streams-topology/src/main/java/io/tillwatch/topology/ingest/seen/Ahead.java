package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * A group of ids that will be looked for soon, of at most {@link #IDS_MAX}. Touched one right after
 * the other, their places in memory are fetched side by side; looked for one by one between other
 * work, each would be waited for.
 */
final class Ahead {

  static final int IDS_MAX = 16;

  private final IdHash hash = new IdHash();
  private final long[] places = new long[IDS_MAX];
  private final long[] rests = new long[IDS_MAX];
  private int count;

  /** What was touched goes in here, or the compiler would see that nobody needs it. */
  private int touched;

  /** Takes one more, the first one after a touch as the first of a new group. */
  int add(EventKind kind, byte[] bytes, int idFrom, int idLength) {
    hash.of(kind, bytes, idFrom, idLength);
    places[count] = hash.place();
    rests[count] = hash.rest();
    return count++;
  }

  /** The place of one of the group, as {@link IdHash} has it. */
  long place(int number) {
    return places[number];
  }

  /** The rest of one of the group. */
  long rest(int number) {
    return rests[number];
  }

  /** Touches where they would be in that slot, if there is one. */
  void touch(@Nullable Slot slot) {
    int all = touched;
    for (int i = 0; slot != null && i < count; i++) {
      all ^= slot.touch(places[i], rests[i]);
    }
    touched = all;
    count = 0;
  }
}
