package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which values each dimension of a kind has had within the retention, and when each was last seen
 * (to the hour, so that a value costs one write an hour). Key: kind/dimension/value.
 */
final class Members {

  private static final long REFRESH_MILLIS = 3_600_000;

  private final KeyValueStore<String, byte[]> store;
  private final EventKind kind;
  private final long retentionMillis;
  private final Map<String, Long> seen = new HashMap<>();
  private long forgottenAtMillis;

  Members(KeyValueStore<String, byte[]> store, EventKind kind, long retentionMillis) {
    this.store = store;
    this.kind = kind;
    this.retentionMillis = retentionMillis;
    try (KeyValueIterator<String, byte[]> all =
        store.range(prefix(kind), prefix(kind) + Character.MAX_VALUE)) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        seen.put(entry.key, lastSeenMillis(entry.value));
      }
    }
  }

  static String prefix(EventKind kind) {
    return kind + "/";
  }

  static String prefix(EventKind kind, Dimension dimension) {
    return prefix(kind) + dimension.label() + "/";
  }

  static long lastSeenMillis(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }

  void see(Slice leaf, long minuteMillis) {
    for (Dimension dimension : Dimension.ALL) {
      String key = prefix(kind, dimension) + leaf.get(dimension);
      Long before = seen.get(key);
      if (before == null || minuteMillis - before >= REFRESH_MILLIS) {
        seen.put(key, minuteMillis);
        store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(minuteMillis).array());
      }
    }
  }

  /** Forgets what was not seen for as long as cells are kept. */
  void forget(long nowMillis) {
    if (nowMillis - forgottenAtMillis < REFRESH_MILLIS) {
      return;
    }
    forgottenAtMillis = nowMillis;
    seen.entrySet()
        .removeIf(entry -> {
          boolean old = entry.getValue() < nowMillis - retentionMillis - REFRESH_MILLIS;
          if (old) {
            store.delete(entry.getKey());
          }
          return old;
        });
  }
}
