package io.tillwatch.topology.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last {@link #MINUTES} closed minutes. */
final class Ring {

  /** Two hours that an onset can lie back, and the hour before it to compare with. */
  static final int MINUTES = 180;

  private final Deque<Minute> minutes = new ArrayDeque<>();

  void add(Minute minute) {
    minutes.addLast(minute);
  }

  void removeNewest() {
    minutes.removeLast();
  }

  /** Takes out the oldest minute when it is older than the ring reaches; null when none is. */
  @Nullable Minute expire(long now) {
    Minute oldest = minutes.peekFirst();
    boolean old = oldest != null && oldest.at < now - (MINUTES - 1) * Watch.MINUTE_MILLIS;
    return old ? minutes.pollFirst() : null;
  }

  /** From the newest minute back in time. */
  Iterator<Minute> backwards() {
    return minutes.descendingIterator();
  }

  /** The minutes that start in [from, until), in order. */
  List<Minute> between(long from, long until) {
    List<Minute> found = new ArrayList<>();
    Iterator<Minute> back = minutes.descendingIterator();
    while (back.hasNext()) {
      Minute minute = back.next();
      if (minute.at < from) {
        break;
      }
      if (minute.at < until) {
        found.add(minute);
      }
    }
    return found.reversed();
  }

  void reindex(int[] newIndex) {
    minutes.forEach(minute -> minute.reindex(newIndex));
  }
}
