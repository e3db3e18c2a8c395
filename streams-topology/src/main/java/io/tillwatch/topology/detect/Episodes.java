package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.List;
import java.util.TreeMap;

/**
 * How often the same cells have broken within the last day; the episode is part of a burst's id.
 */
final class Episodes {

  private static final long MEMORY_MILLIS = 24 * 60 * Watch.MINUTE_MILLIS;

  private record Last(int episode, long at) {}

  private final TreeMap<String, Last> lasts = new TreeMap<>();

  /** The number of this episode of these cells under this rule, from 1. */
  int next(String rule, List<Slice> cells, long now) {
    lasts.values().removeIf(last -> last.at() < now - MEMORY_MILLIS);
    String key = rule + cells;
    Last before = lasts.get(key);
    int episode = before == null ? 1 : before.episode() + 1;
    lasts.put(key, new Last(episode, now));
    return episode;
  }

  void write(BytesOut out) {
    out.number(lasts.size());
    lasts.forEach((key, last) -> out.text(key).number(last.episode()).number(last.at()));
  }

  void read(BytesIn in) {
    for (int left = in.count(); left > 0; left--) {
      lasts.put(in.text(), new Last(in.count(), in.number()));
    }
  }
}
