package io.tillwatch.load.peers;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of short byte sequences, so that one that comes again costs no object. A
 * slot per hash, the newer entry wins: memory is bounded whatever comes. Used by one thread.
 */
public final class Interned<T> {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final @Nullable Entry<T>[] slots;
  private final Function<byte[], T> make;

  private static final class Entry<T> {
    private final byte[] bytes;
    private final T value;

    Entry(byte[] bytes, T value) {
      this.bytes = bytes;
      this.value = value;
    }
  }

  /**
   * @param bits two to this is the number of slots
   * @param make makes the value of bytes that it may keep
   */
  @SuppressWarnings("unchecked") // An array of a generic type cannot be made otherwise.
  public Interned(int bits, Function<byte[], T> make) {
    slots = (Entry<T>[]) new Entry<?>[1 << bits];
    this.make = make;
  }

  /** The value of these bytes. */
  public T of(byte[] bytes, int from, int length) {
    int slot = hash(bytes, from, length) & slots.length - 1;
    Entry<T> entry = slots[slot];
    if (entry == null
        || !Arrays.equals(bytes, from, from + length, entry.bytes, 0, entry.bytes.length)) {
      byte[] kept = Arrays.copyOfRange(bytes, from, from + length);
      entry = new Entry<>(kept, make.apply(kept));
      slots[slot] = entry;
    }
    return entry.value;
  }

  /** Hash of some bytes, eight at a time; the same in every process. */
  static int hash(byte[] bytes, int from, int length) {
    long hash = length;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * MIX;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ bytes[at]) * MIX;
    }
    return (int) (hash ^ hash >>> 32);
  }
}
