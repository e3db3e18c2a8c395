package io.tillwatch.topology.ingest.seen;

import java.util.Arrays;
import java.util.TreeMap;

/** A store in memory that forgets like a window store and can be copied as of a commit. */
final class MapSeenStore implements SeenStore {

  private final TreeMap<Long, TreeMap<byte[], byte[]>> slots = new TreeMap<>();

  MapSeenStore copy() {
    MapSeenStore copy = new MapSeenStore();
    slots.forEach((slot, values) -> copy.slots.put(slot, new TreeMap<>(values)));
    return copy;
  }

  long bytes() {
    long[] bytes = {0};
    forEach((slot, key, value) -> bytes[0] += key.length + value.length);
    return bytes[0];
  }

  @Override
  public void put(long slot, byte[] key, byte[] value) {
    if (!slots.isEmpty() && slot <= slots.lastKey() - SeenEvents.SLOTS_KEPT) {
      throw new AssertionError("put into slot %d, newest %d".formatted(slot, slots.lastKey()));
    }
    TreeMap<byte[], byte[]> values =
        slots.computeIfAbsent(slot, s -> new TreeMap<>(Arrays::compareUnsigned));
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
    slots.headMap(slots.lastKey() - SeenEvents.SLOTS_KEPT + 1).clear();
  }

  @Override
  public byte[] get(long slot, byte[] key) {
    return slots.getOrDefault(slot, new TreeMap<>()).get(key);
  }

  @Override
  public void forEach(Visitor visitor) {
    slots.forEach(
        (slot, values) -> values.forEach((key, value) -> visitor.visit(slot, key, value)));
  }
}
