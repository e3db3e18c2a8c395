package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was thought in each of the last {@link Ring#MINUTES} minutes, for who asks later; some
 * hundred bytes a minute, more while bursts are open. It is not stored: after a restart it begins
 * with the minutes lived through since the checkpoint.
 */
final class Recall {

  private final Deque<Past> pasts = new ArrayDeque<>();

  /**
   * One minute.
   *
   * @param reasoned the cells that were looked at closely
   * @param open the bursts that were open after it
   */
  record Past(long at, List<Reasoned> reasoned, List<Known> open) {

    /** What was thought of a cell; null when it was not looked at. */
    @Nullable Reasoned of(Slice slice) {
      for (Reasoned one : reasoned) {
        if (one.slice().equals(slice)) {
          return one;
        }
      }
      return null;
    }

    /** The slots of the open bursts, one bit each. */
    long slots() {
      return open.stream().mapToLong(burst -> 1L << burst.slot).reduce(0, (a, b) -> a | b);
    }

    /** An open burst that holds all of a cell; null when there was none. */
    @Nullable Known burstAround(Slice slice) {
      for (Known burst : open) {
        if (burst.roots.stream().anyMatch(root -> root.covers(slice))) {
          return burst;
        }
      }
      return null;
    }
  }

  /** A burst by its id, its slot among the claims, and its root cells. */
  record Known(String id, int slot, List<Slice> roots) {}

  void add(long at, List<Reasoned> reasoned, List<OpenBurst> bursts) {
    List<Known> open = bursts.stream().map(b -> new Known(b.id, b.slot, b.slices())).toList();
    pasts.addLast(new Past(at, reasoned, open));
    while (pasts.getFirst().at <= at - Ring.MINUTES * Watch.MINUTE_MILLIS) {
      pasts.removeFirst();
    }
  }

  /** The minute; null when it is not remembered. */
  @Nullable Past at(long minute) {
    for (Past past : pasts) {
      if (past.at == minute) {
        return past;
      }
    }
    return null;
  }

  /** The minute before another one; null when that is not remembered. */
  @Nullable Past before(long minute) {
    Past before = null;
    for (Past past : pasts) {
      before = past.at < minute ? past : before;
    }
    return before;
  }
}
