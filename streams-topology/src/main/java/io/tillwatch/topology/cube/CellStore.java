package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * How cells lie in a window store: in chunks, each some cells of one cuboid of one span of time.
 *
 * <p>Window: the start of the span. Key: kind, cuboid, level, bucket, link. A cuboid of a span has
 * {@code 2^level} buckets, as many as its cells need; a cell lies in the bucket that the hash of
 * its slice names, so that one cell over many spans is one scan and mostly one chunk per span. What
 * does not fit into a bucket's first chunk goes into further links; a cell never leaves its place.
 * Beside the chunks a span has one {@link MinuteHead}, written after them.
 */
final class CellStore {

  static final long MINUTE_MILLIS = 60_000;

  /** Cells per chunk at most: with the widest latency sketches still below a broker's 1 MiB. */
  static final int CHUNK_CELLS = 128;

  /** Cells per bucket at first, on average at most. */
  static final int BUCKET_CELLS = 64;

  static final int LEVEL_MAX = 20;

  /** Cuboid of the heads: no combination of dimensions has it. */
  private static final short HEADS = -1;

  /** Cuboid of the marker. */
  private static final short MARKER = -2;

  private CellStore() {}

  /**
   * A store of cells, persistent and logged.
   *
   * @param span of time of one cell
   */
  static StoreBuilder<WindowStore<Bytes, byte[]>> store(
      String name, Duration retention, Duration span) {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(name, retention, span, /* retainDuplicates= */ false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            // Old minutes must not make new changelog records look expired.
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
  }

  static Bytes key(EventKind kind, int mask, int level, int bucket, int link) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Short.BYTES + 1 + 2 * Integer.BYTES)
            .put((byte) kind.ordinal())
            .putShort((short) mask)
            .put((byte) level)
            .putInt(bucket)
            .putInt(link)
            .array());
  }

  static Bytes headKey(EventKind kind) {
    return key(kind, HEADS, 0, 0, 0);
  }

  /** Of a record that says nothing: a store that has one has an offset, and needs no restoring. */
  static Bytes markerKey() {
    return key(EventKind.AUTH, MARKER, 0, 0, 0);
  }

  /** The level at which so many cells have room. */
  static int levelOf(int cells) {
    int level = 0;
    while (level < LEVEL_MAX && cells > (long) BUCKET_CELLS << level) {
      level++;
    }
    return level;
  }

  static int bucketOf(int hash, int level) {
    return hash & (1 << level) - 1;
  }
}
