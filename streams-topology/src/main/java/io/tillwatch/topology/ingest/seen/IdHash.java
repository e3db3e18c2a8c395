package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash of an event's kind and id, and a short one of its value. Reused: the last one is kept.
 *
 * <p>Two lanes go over the words of the id, each mixing by another well-known bijection of 64 bits
 * (MurmurHash3's and SplitMix64's finalisers), so that ids which differ in one word differ in both.
 * Of the 128 bits 104 are kept. Not cryptographic: ids come from the company's own producers.
 */
final class IdHash {

  /** Bits of the value's hash. */
  static final int VALUE_BITS = 24;

  static final long VALUE_MASK = (1L << VALUE_BITS) - 1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long K0 = 0x9E3779B97F4A7C15L;
  private static final long K1 = 0xC2B2AE3D27D4EB4FL;
  private static final long K2 = 0x165667B19E3779F9L;
  private static final long K3 = 0xD6E8FEB86659FD93L;
  private static final int LANES_BYTES = 4 * Long.BYTES;

  private long place;
  private long rest;

  /** 64 bits, never 0: where the id stands in its shard. */
  long place() {
    return place;
  }

  /** Another 40 bits, above {@link #VALUE_BITS} that are 0. */
  long rest() {
    return rest;
  }

  /** Takes the hash of an id. Kinds count: producers may number each kind's events from one. */
  void of(EventKind kind, byte[] bytes, int from, int length) {
    long one = (kind.ordinal() + 1) * K0 + length;
    long two = (kind.ordinal() + 1) * K1 ^ length;
    int at = from;
    int end = from + length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      one = mixOne(one ^ word);
      two = mixTwo(two ^ word);
    }
    long last = tail(bytes, at, end);
    one = mixOne(one ^ last);
    place = one == 0 ? 1 : one;
    rest = mixTwo(two ^ last) & ~VALUE_MASK;
  }

  /** {@link #VALUE_BITS} bits of a hash of the value, never 0. */
  static long ofValue(byte[] value, int from, int length) {
    long a = length * K0;
    long b = K1;
    long c = K2;
    long d = K3;
    int at = from;
    int end = from + length;
    // Four words at once: the multiplications of one do not wait for those of another.
    for (; at <= end - LANES_BYTES; at += LANES_BYTES) {
      a = step(a, (long) LONGS.get(value, at), K0);
      b = step(b, (long) LONGS.get(value, at + Long.BYTES), K1);
      c = step(c, (long) LONGS.get(value, at + 2 * Long.BYTES), K2);
      d = step(d, (long) LONGS.get(value, at + 3 * Long.BYTES), K3);
    }
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      a = step(a, (long) LONGS.get(value, at), K0);
    }
    long all = mixOne(a ^ tail(value, at, end)) + mixTwo(b);
    all = mixOne(all ^ c) + mixTwo(d);
    long bits = mixOne(all) & VALUE_MASK;
    return bits == 0 ? 1 : bits;
  }

  private static long step(long lane, long word, long factor) {
    long product = (lane ^ word) * factor;
    return product ^ product >>> 32;
  }

  private static long tail(byte[] bytes, int from, int end) {
    long last = 0;
    for (int at = from; at < end; at++) {
      last = last << Byte.SIZE | bytes[at] & 0xFF;
    }
    return last;
  }

  private static long mixOne(long word) {
    long mixed = (word ^ word >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }

  private static long mixTwo(long word) {
    long mixed = (word ^ word >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
