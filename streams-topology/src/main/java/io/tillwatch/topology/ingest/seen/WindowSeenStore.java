package io.tillwatch.topology.ingest.seen;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** A window store of seen ids: a window is a slot, so that slots expire as a whole. */
final class WindowSeenStore implements SeenStore {

  private final WindowStore<Bytes, byte[]> windows;
  private final long horizonMillis;

  WindowSeenStore(WindowStore<Bytes, byte[]> windows, Duration horizon) {
    this.windows = windows;
    this.horizonMillis = horizon.toMillis();
  }

  /** The store, persistent and logged. */
  static StoreBuilder<WindowStore<Bytes, byte[]>> builder(String name, Duration horizon) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                name,
                horizon.multipliedBy(SeenEvents.SLOTS_KEPT),
                horizon,
                /* retainDuplicates= */ false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            // Old events must not make new changelog records look expired.
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }

  @Override
  public void put(long slot, byte[] key, byte @Nullable [] value) {
    windows.put(Bytes.wrap(key), value, slot * horizonMillis);
  }

  @Override
  public byte @Nullable [] get(long slot, byte[] key) {
    return windows.fetch(Bytes.wrap(key), slot * horizonMillis);
  }

  @Override
  public void forEach(Visitor visitor) {
    try (KeyValueIterator<Windowed<Bytes>, byte[]> all = windows.all()) {
      while (all.hasNext()) {
        KeyValue<Windowed<Bytes>, byte[]> next = all.next();
        long slot = next.key.window().start() / horizonMillis;
        visitor.visit(slot, next.key.key().get(), next.value);
      }
    }
  }
}
