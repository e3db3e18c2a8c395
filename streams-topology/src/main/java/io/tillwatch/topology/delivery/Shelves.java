package io.tillwatch.topology.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Values of these topics side by side on shelves, as {@link Value}s; those of other topics as
 * arrays of their own.
 *
 * <p>A poll's values lie in the order in which they are read later, in memory that the poll before
 * used: the processor's cache has most of it, and fetches the rest ahead. An array per value, as
 * usual, takes 236 bytes of heap for a value of 220 and is waited for each time.
 *
 * <p>Values that were made and never delivered (a poll failed, a task was closed) keep their shelf
 * from being used again; the collector takes it. Used by the thread that polls.
 */
final class Shelves implements Deserializer<@Nullable Object> {

  /** A thousand events. A longer value gets a shelf of its own. */
  static final int SHELF_BYTES = 256 * 1024;

  /** Some 5 MiB with the values' objects; further ones are left to the collector. */
  static final int SPARE_MAX = 16;

  private final Deserializer<byte[]> bytes = new ByteArrayDeserializer();
  private final OneOf topics;
  private final ArrayDeque<Shelf> spare = new ArrayDeque<>(SPARE_MAX);
  private Shelf latest = new Shelf(SHELF_BYTES, this);

  Shelves(Set<String> topics) {
    this.topics = new OneOf(topics);
  }

  /**
   * This as a maker of arrays, which it is for other topics only: what a consumer does with a value
   * is the same whatever it is, and {@link Packing} takes over all values of these topics.
   */
  @SuppressWarnings("unchecked") // not true, and nobody in between asks
  Deserializer<byte[]> asBytes() {
    return (Deserializer<byte[]>) (Deserializer<?>) this;
  }

  @Override
  public @Nullable Object deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    if (data == null || !topics.contains(topic)) {
      return bytes.deserialize(topic, headers, data);
    }
    if (data.remaining() > SHELF_BYTES) {
      return new Shelf(data.remaining(), this).put(data);
    }
    if (!latest.hasRoom(data.remaining())) {
      Shelf used = spare.pollLast();
      latest = used == null ? new Shelf(SHELF_BYTES, this) : used;
    }
    return latest.put(data);
  }

  @Override
  public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
    return data != null && topics.contains(topic) ? Value.of(data) : data;
  }

  /** Takes back an empty shelf. */
  void back(Shelf shelf) {
    if (shelf != latest && shelf.bytes.length == SHELF_BYTES && spare.size() < SPARE_MAX) {
      spare.addLast(shelf);
    }
  }
}
