package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The events that were let in, by kind and id, for at least the dedupe horizon of event time.
 * Exact.
 *
 * <p>Time is cut into slots as long as the horizon; an id is kept in the slot of its event time.
 * Two copies whose event times are less than a horizon apart are in the same slot or in
 * neighbouring ones: three point reads find them, of which the ones into slots that hold nothing
 * cost nothing, and the others are mostly answered by a bloom filter. With each id goes a hash of
 * the value, to tell a repeated delivery from another event under the same id. Used by one task.
 */
final class SeenEvents {

  private static final int SLOTS_KEPT = 3;

  /** So far behind the newest event any event is still in a slot that is kept, wherever it lies. */
  static final int HORIZONS_KEPT = SLOTS_KEPT - 1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final WindowStore<String, byte[]> store;
  private final long horizonMillis;

  SeenEvents(WindowStore<String, byte[]> store, Duration horizon) {
    this.store = store;
    this.horizonMillis = horizon.toMillis();
  }

  /** The store, persistent and logged. */
  static StoreBuilder<WindowStore<String, byte[]>> store(String name, Duration horizon) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                name, horizon.multipliedBy(SLOTS_KEPT), horizon, /* retainDuplicates= */ false),
            Serdes.String(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            // Old events must not make new changelog records look expired.
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }

  /** Whether an id was seen before. */
  enum Seen {
    /** Never within the horizon. */
    NEW,
    /** With the same value. */
    DUPLICATE,
    /** With another value: the first one counts. */
    CONFLICT
  }

  Seen look(EventKind kind, String eventId, long eventTimeMillis, byte[] value) {
    String key = key(kind, eventId);
    long slot = slot(eventTimeMillis);
    byte[] found = store.fetch(key, slot);
    if (found == null) {
      found = store.fetch(key, slot + horizonMillis);
    }
    if (found == null && slot >= horizonMillis) {
      found = store.fetch(key, slot - horizonMillis);
    }
    if (found == null) {
      return Seen.NEW;
    }
    return ByteBuffer.wrap(found).getLong() == hash(value) ? Seen.DUPLICATE : Seen.CONFLICT;
  }

  void remember(EventKind kind, String eventId, long eventTimeMillis, byte[] value) {
    byte[] hash = ByteBuffer.allocate(Long.BYTES).putLong(hash(value)).array();
    store.put(key(kind, eventId), hash, slot(eventTimeMillis));
  }

  /** Producers may count each kind's events from one. */
  private static String key(EventKind kind, String eventId) {
    return kind + "/" + eventId;
  }

  private long slot(long eventTimeMillis) {
    return eventTimeMillis - eventTimeMillis % horizonMillis;
  }

  /** A 64-bit hash, well mixed but not cryptographic: MurmurHash3's finaliser over words. */
  static long hash(byte[] value) {
    long hash = value.length * 0x9E3779B97F4A7C15L;
    int at = 0;
    for (; at <= value.length - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(value, at));
    }
    long rest = 0;
    for (; at < value.length; at++) {
      rest = rest << Byte.SIZE | value[at] & 0xFF;
    }
    return mix(hash ^ rest);
  }

  private static long mix(long word) {
    long mixed = (word ^ word >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }
}
