package io.tillwatch.topology.ingest.seen;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Entries as pairs of longs, place and rest, in arrays and in stored bytes. */
final class Entries {

  static final int LONGS = 2;
  static final int BYTES = LONGS * Long.BYTES;

  private static final VarHandle VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Entries() {}

  /** Those from index {@code from} to before {@code to}, behind {@code headBytes} free bytes. */
  static byte[] toBytes(long[] entries, int from, int to, int headBytes) {
    byte[] bytes = new byte[headBytes + (to - from) * BYTES];
    int at = headBytes;
    for (int i = LONGS * from; i < LONGS * to; i++) {
      VIEW.set(bytes, at, entries[i]);
      at += Long.BYTES;
    }
    return bytes;
  }

  static int count(byte[] bytes, int headBytes) {
    return (bytes.length - headBytes) / BYTES;
  }

  static long place(byte[] bytes, int headBytes, int index) {
    return (long) VIEW.get(bytes, headBytes + index * BYTES);
  }

  static long rest(byte[] bytes, int headBytes, int index) {
    return (long) VIEW.get(bytes, headBytes + index * BYTES + Long.BYTES);
  }

  /** The whole rest of the entry with that place and the same upper bits of rest, in order. */
  static long find(byte[] bytes, int headBytes, long place, long rest) {
    int count = count(bytes, headBytes);
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (Long.compareUnsigned(place(bytes, headBytes, middle), place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (; low < count && place(bytes, headBytes, low) == place; low++) {
      long found = rest(bytes, headBytes, low);
      if ((found ^ rest) >>> IdHash.VALUE_BITS == 0) {
        return found;
      }
    }
    return Shard.NONE;
  }

  /** These entries in the order of their places: sorted here or in another array. */
  static long[] sorted(long[] entries) {
    long[] from = entries;
    long[] to = new long[entries.length];
    for (int run = LONGS; run < entries.length; run *= 2) {
      for (int start = 0; start < entries.length; start += 2 * run) {
        int middle = Math.min(start + run, entries.length);
        merge(from, start, middle, Math.min(middle + run, entries.length), to);
      }
      long[] merged = to;
      to = from;
      from = merged;
    }
    return from;
  }

  /** Two runs side by side, into the same stretch of another array. */
  private static void merge(long[] from, int start, int middle, int end, long[] to) {
    int left = start;
    int right = middle;
    for (int at = start; at < end; at += LONGS) {
      boolean isLeft =
          right == end || left < middle && Long.compareUnsigned(from[left], from[right]) <= 0;
      int next = isLeft ? left : right;
      to[at] = from[next];
      to[at + 1] = from[next + 1];
      if (isLeft) {
        left += LONGS;
      } else {
        right += LONGS;
      }
    }
  }

  /** Both in one order. */
  static long[] merged(long[] one, long[] other) {
    long[] all = Arrays.copyOf(one, one.length + other.length);
    int left = one.length - LONGS;
    int right = other.length - LONGS;
    for (int to = all.length - LONGS; right >= 0; to -= LONGS) {
      boolean isLeft = left >= 0 && Long.compareUnsigned(all[left], other[right]) > 0;
      System.arraycopy(isLeft ? all : other, isLeft ? left : right, all, to, LONGS);
      if (isLeft) {
        left -= LONGS;
      } else {
        right -= LONGS;
      }
    }
    return all;
  }
}
