package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which values each dimension of a kind has had within the retention, and when each was last seen
 * (to the hour, so that a value costs one write an hour). Key: kind/dimension/value.
 */
final class Members {

  /** Values listed of a dimension; further ones are counted in cells but not listed. */
  static final int MEMBERS_MAX = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Members.class);
  private static final long REFRESH_MILLIS = 3_600_000;

  private final KeyValueStore<String, byte[]> store;
  private final EventKind kind;
  private final long retentionMillis;

  /** When each key was last seen. */
  private final Map<Dimension, Map<String, Long>> seen = new EnumMap<>(Dimension.class);

  private long unlisted;
  private long forgottenAtMillis;

  Members(KeyValueStore<String, byte[]> store, EventKind kind, long retentionMillis) {
    this.store = store;
    this.kind = kind;
    this.retentionMillis = retentionMillis;
    for (Dimension dimension : Dimension.ALL) {
      seen.put(dimension, stored(prefix(kind, dimension)));
    }
  }

  private Map<String, Long> stored(String prefix) {
    Map<String, Long> members = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.range(prefix, prefix + Character.MAX_VALUE)) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        members.put(entry.key, lastSeenMillis(entry.value));
      }
    }
    return members;
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

  /** Leaves with a value that found no room, since that was last said. */
  long unlisted() {
    return unlisted;
  }

  void see(Slice leaf, long minuteMillis) {
    for (Dimension dimension : Dimension.ALL) {
      Map<String, Long> members = Objects.requireNonNull(seen.get(dimension));
      String key = prefix(kind, dimension) + leaf.get(dimension);
      Long before = members.get(key);
      if (before == null && members.size() >= MEMBERS_MAX) {
        unlisted++;
      } else if (before == null || minuteMillis - before >= REFRESH_MILLIS) {
        members.put(key, minuteMillis);
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
    long oldest = nowMillis - retentionMillis - REFRESH_MILLIS;
    for (Map<String, Long> members : seen.values()) {
      members
          .entrySet()
          .removeIf(entry -> {
            boolean old = entry.getValue() < oldest;
            if (old) {
              store.delete(entry.getKey());
            }
            return old;
          });
    }
    if (unlisted > 0) {
      LOG.warn(
          "{}: values of a dimension beyond {} are not listed, in {} leaf cells",
          kind,
          MEMBERS_MAX,
          unlisted);
      unlisted = 0;
    }
  }
}
