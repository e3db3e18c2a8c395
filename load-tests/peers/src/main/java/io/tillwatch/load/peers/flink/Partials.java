package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.peers.Share;
import io.tillwatch.load.peers.Slice;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Cells in the making by minute and slice, until they are released. Used by one thread. */
final class Partials {

  private static final long NONE = Long.MIN_VALUE;

  private final TreeMap<Long, Map<Slice, Measures>> minutes = new TreeMap<>();
  private Map<Slice, Measures> current = new HashMap<>();
  private long currentMinute = NONE;
  private int cells;

  /** Takes what is released. */
  @FunctionalInterface
  interface Each {
    /** Takes one partial of a minute. */
    void accept(long minuteMillis, Partial partial);
  }

  /** Counts a share of an event at that time. */
  void add(long timeMillis, Share share) {
    long minute = CellKey.minuteOf(timeMillis);
    if (minute != currentMinute) {
      current = minutes.computeIfAbsent(minute, m -> new HashMap<>());
      currentMinute = minute;
    }
    Measures measures = current.get(share.slice);
    if (measures == null) {
      measures = new Measures();
      current.put(share.slice, measures);
      cells++;
    }
    share.addTo(measures);
  }

  /** Cells held. */
  int size() {
    return cells;
  }

  /** Lets the minutes go whose last millisecond is not after a time. */
  void release(long untilMillis, Each each) {
    Iterator<Map.Entry<Long, Map<Slice, Measures>>> oldest = minutes.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Long, Map<Slice, Measures>> minute = oldest.next();
      if (lastMillis(minute.getKey()) > untilMillis) {
        return;
      }
      Map<Slice, Measures> released = minute.getValue();
      released.forEach(
          (slice, measures) -> each.accept(minute.getKey(), new Partial(slice, measures)));
      cells -= released.size();
      oldest.remove();
      currentMinute = NONE;
    }
  }

  private static long lastMillis(long minute) {
    return minute + CellKey.MINUTE_MILLIS - 1;
  }
}
