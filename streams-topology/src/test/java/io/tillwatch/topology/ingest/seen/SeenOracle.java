package io.tillwatch.topology.ingest.seen;

import java.util.HashMap;
import java.util.Map;

/** What was seen, in plain maps: value by id, by slot. */
final class SeenOracle {

  private final Map<Long, Map<String, String>> slots = new HashMap<>();
  private final long horizonMillis;
  private long newest = -1;

  SeenOracle(long horizonMillis) {
    this.horizonMillis = horizonMillis;
  }

  SeenOracle copy() {
    SeenOracle copy = new SeenOracle(horizonMillis);
    slots.forEach((slot, ids) -> copy.slots.put(slot, new HashMap<>(ids)));
    copy.newest = newest;
    return copy;
  }

  long newest() {
    return newest;
  }

  long ids() {
    return slots.values().stream().mapToLong(Map::size).sum();
  }

  Seen look(String id, long timeMillis, String value) {
    long own = timeMillis / horizonMillis;
    for (long slot : new long[] {own, own + 1, own - 1}) {
      String found = slots.getOrDefault(slot, Map.of()).get(id);
      if (found != null) {
        return found.equals(value) ? Seen.DUPLICATE : Seen.CONFLICT;
      }
    }
    return Seen.NEW;
  }

  void remember(String id, long timeMillis, String value) {
    long own = timeMillis / horizonMillis;
    if (own > newest - SeenEvents.SLOTS_KEPT) {
      newest = Math.max(newest, own);
      slots.computeIfAbsent(own, slot -> new HashMap<>()).put(id, value);
      slots.keySet().removeIf(slot -> slot <= newest - SeenEvents.SLOTS_KEPT);
    }
  }
}
