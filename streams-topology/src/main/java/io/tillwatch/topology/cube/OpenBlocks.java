package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The blocks of one kind whose cells are in memory only, as they came, in a logged store: what open
 * minutes are rebuilt from. Key: kind/number. Used by the task's thread.
 */
final class OpenBlocks {

  /**
   * Bytes of them at which the oldest open minute is sealed whatever the watermark says, so that a
   * task that is waited for does not make them grow without end.
   */
  static final long BYTES_MAX = 256L * 1024 * 1024;

  /**
   * Seconds for which blocks of sealed minutes stay at least: the copy of a store on another
   * instance may be behind that of the cells, and must find a cell in one of both.
   */
  static final int KEPT_TICKS = 10;

  private static final HexFormat HEX = HexFormat.of();

  private final KeyValueStore<String, byte[]> store;
  private final EventKind kind;

  /** Of the blocks that are stored, in order: number, newest minute, bytes. */
  private long[] numbers = new long[64];

  private long[] newestMinutes = new long[64];
  private int[] bytes = new int[64];
  private int size;
  private long next;

  private int ticks;
  private long deletableToMillis = Long.MIN_VALUE;
  private long nextDeletableToMillis = Long.MIN_VALUE;

  OpenBlocks(KeyValueStore<String, byte[]> store, EventKind kind) {
    this.store = store;
    this.kind = kind;
  }

  /** Takes a block back. */
  @FunctionalInterface
  interface Taker {
    /** Returns the newest minute that the block has cells of. */
    long block(byte[] block);
  }

  static String prefix(EventKind kind) {
    return kind + "/";
  }

  /** All blocks that are stored, in order. */
  static KeyValueIterator<String, byte[]> all(
      ReadOnlyKeyValueStore<String, byte[]> store, EventKind kind) {
    return store.range(prefix(kind), prefix(kind) + Character.MAX_VALUE);
  }

  /** Hands over what is stored, in the order in which it was put. */
  void restore(Taker taker) {
    try (KeyValueIterator<String, byte[]> blocks = all(store, kind)) {
      while (blocks.hasNext()) {
        KeyValue<String, byte[]> block = blocks.next();
        next = HexFormat.fromHexDigitsToLong(block.key, prefix(kind).length(), block.key.length());
        note(taker.block(block.value), block.value.length);
      }
    }
  }

  /** Stores a block that has cells of open minutes. */
  void put(byte[] block, long newestMinuteMillis) {
    store.put(prefix(kind) + HEX.toHexDigits(next), block);
    note(newestMinuteMillis, block.length);
  }

  private void note(long newestMinuteMillis, int length) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      newestMinutes = Arrays.copyOf(newestMinutes, size * 2);
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    numbers[size] = next++;
    newestMinutes[size] = newestMinuteMillis;
    bytes[size++] = length;
  }

  int size() {
    return size;
  }

  /** Bytes of the blocks that have cells from then on. */
  long bytesFrom(long minuteMillis) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += newestMinutes[i] >= minuteMillis ? bytes[i] : 0;
    }
    return sum;
  }

  /** Lets a second pass; returns whether blocks are due to be deleted. */
  boolean tick(long sealedToMillis) {
    if (++ticks % KEPT_TICKS != 0) {
      return false;
    }
    deletableToMillis = nextDeletableToMillis;
    nextDeletableToMillis = sealedToMillis;
    for (int i = 0; i < size; i++) {
      if (newestMinutes[i] < deletableToMillis) {
        return true;
      }
    }
    return false;
  }

  /** Deletes the blocks whose minutes have been sealed for a while. */
  void deleteDue() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (newestMinutes[i] < deletableToMillis) {
        store.delete(prefix(kind) + HEX.toHexDigits(numbers[i]));
      } else {
        numbers[kept] = numbers[i];
        newestMinutes[kept] = newestMinutes[i];
        bytes[kept++] = bytes[i];
      }
    }
    size = kept;
  }
}
