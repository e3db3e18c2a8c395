package io.tillwatch.load.bench.contestant.limit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the values of one dimension from 1. A thread looks them up in a {@link View} of its own;
 * only a new name takes the lock. Thread-safe.
 */
final class Names {

  /** Longer names are refused: two words of eight bytes are what is compared. */
  private static final int LENGTH_MAX = 16;

  private final List<String> names = new ArrayList<>(List.of(""));

  private synchronized int codeOf(String name) {
    int known = names.indexOf(name);
    if (known > 0) {
      return known;
    }
    names.add(name);
    return names.size() - 1;
  }

  /** The name with this number; the empty one for 0. */
  synchronized String name(int code) {
    return names.get(code);
  }

  /** One more than the highest number. */
  synchronized int size() {
    return names.size();
  }

  /** What one thread has seen of the names. */
  final class View {

    private static final VarHandle WORD =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX_LOW = 0x9E3779B97F4A7C15L;
    private static final long MIX_HIGH = 0xC2B2AE3D27D4EB4FL;

    private long[] low;
    private long[] high;
    private int[] codes;
    private int size;
    private int shift;

    View(int capacity) {
      reserve(Integer.highestOneBit(4 * capacity - 1));
    }

    private void reserve(int slots) {
      low = new long[slots];
      high = new long[slots];
      codes = new int[slots];
      shift = 64 - Integer.numberOfTrailingZeros(slots);
    }

    /** The number of a name; 0 for the empty one. */
    int code(byte[] bytes, int from, int length) {
      if (length == 0) {
        return 0;
      }
      long first;
      long second;
      if (from + LENGTH_MAX <= bytes.length && length <= LENGTH_MAX) {
        first = (long) WORD.get(bytes, from) & mask(Math.min(length, 8));
        second = length <= 8 ? 0 : (long) WORD.get(bytes, from + 8) & mask(length - 8);
      } else {
        byte[] padded = Arrays.copyOf(Arrays.copyOfRange(bytes, from, from + length), LENGTH_MAX);
        first = (long) WORD.get(padded, 0);
        second = (long) WORD.get(padded, 8);
      }
      int slot = slot(first, second);
      while (codes[slot] != 0) {
        if (low[slot] == first && high[slot] == second) {
          return codes[slot];
        }
        slot = slot + 1 & codes.length - 1;
      }
      return add(bytes, from, length, first, second);
    }

    private static long mask(int bytes) {
      return -1L >>> 64 - 8 * bytes;
    }

    private int slot(long first, long second) {
      return (int) ((first * MIX_LOW ^ second * MIX_HIGH) * MIX_LOW >>> shift);
    }

    private int add(byte[] bytes, int from, int length, long first, long second) {
      if (length > LENGTH_MAX) {
        throw new IllegalArgumentException(
            "a name of %d bytes, expected at most %d".formatted(length, LENGTH_MAX));
      }
      int code = codeOf(new String(bytes, from, length, StandardCharsets.UTF_8));
      if (2 * ++size > codes.length) {
        grow();
      }
      put(first, second, code);
      return code;
    }

    private void put(long first, long second, int code) {
      int slot = slot(first, second);
      while (codes[slot] != 0) {
        slot = slot + 1 & codes.length - 1;
      }
      low[slot] = first;
      high[slot] = second;
      codes[slot] = code;
    }

    private void grow() {
      long[] oldLow = low;
      long[] oldHigh = high;
      int[] oldCodes = codes;
      reserve(2 * oldCodes.length);
      for (int i = 0; i < oldCodes.length; i++) {
        if (oldCodes[i] != 0) {
          put(oldLow[i], oldHigh[i], oldCodes[i]);
        }
      }
    }
  }
}
