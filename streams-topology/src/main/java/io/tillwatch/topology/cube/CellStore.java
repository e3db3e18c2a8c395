package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.cell.CellBlocks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * The cells on disk: a window store of chunks, each some cells of one cuboid of one minute.
 *
 * <p>Key: kind, cuboid, number of the chunk; window: the minute. All minutes of a chunk number lie
 * side by side, so that a range of time is one scan; chunk n of a minute exists only if chunk n - 1
 * does. Used by the task's thread; {@link CubeReader} reads the same store from others.
 */
final class CellStore {

  static final long MINUTE_MILLIS = 60_000;

  /** Cells per chunk: with the widest latency sketches still below a broker's 1 MiB. */
  static final int CHUNK_CELLS = 128;

  private final WindowStore<Bytes, byte[]> store;
  private final CellBlocks blocks;
  private final String tenant;
  private final EventKind kind;

  CellStore(WindowStore<Bytes, byte[]> store, CellBlocks blocks, String tenant, EventKind kind) {
    this.store = store;
    this.blocks = blocks;
    this.tenant = tenant;
    this.kind = kind;
  }

  /** The store, persistent and logged. */
  static StoreBuilder<WindowStore<Bytes, byte[]>> store(String name, Duration retention) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                name, retention, Duration.ofMillis(MINUTE_MILLIS), /* retainDuplicates= */ false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            // Old minutes must not make new changelog records look expired.
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }

  static Bytes key(EventKind kind, int mask, int chunk) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + 2 * Integer.BYTES)
            .put((byte) kind.ordinal())
            .putInt(mask)
            .putInt(chunk)
            .array());
  }

  /** All cells of a cuboid of a minute, in the order of their chunks. */
  List<CellBlocks.Cell> load(long minuteMillis, int mask) {
    List<CellBlocks.Cell> cells = new ArrayList<>();
    int chunk = 0;
    byte @Nullable [] value = store.fetch(key(kind, mask, chunk), minuteMillis);
    while (value != null) {
      cells.addAll(blocks.read(value).cells());
      chunk++;
      value = store.fetch(key(kind, mask, chunk), minuteMillis);
    }
    return cells;
  }

  /** The first minute in which a cuboid has cells. */
  OptionalLong firstMinute(int mask, long fromMillis, long toMillis) {
    try (WindowStoreIterator<byte[]> minutes =
        store.fetch(key(kind, mask, 0), fromMillis, toMillis)) {
      return minutes.hasNext() ? OptionalLong.of(minutes.next().key) : OptionalLong.empty();
    }
  }

  void write(long minuteMillis, int mask, int chunk, List<CellBlocks.Cell> cells) {
    CellBlocks.Head head = new CellBlocks.Head(tenant, kind, -1, minuteMillis, false);
    store.put(key(kind, mask, chunk), blocks.write(head, cells), minuteMillis);
  }
}
