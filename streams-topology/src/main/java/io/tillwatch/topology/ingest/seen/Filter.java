package io.tillwatch.topology.ingest.seen;

/**
 * A Bloom filter whose bits for one entry lie in one cache line: 12 bits per entry and six probes
 * let about one foreign entry in 150 through, and never hold back one that is in.
 */
final class Filter {

  private static final int BITS_PER_ENTRY = 12;
  private static final int PROBES = 6;
  private static final int LINE_LONGS = 8;
  private static final int LINE_BITS = LINE_LONGS * Long.SIZE;
  private static final int PROBE_BITS = 9;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private Filter() {}

  /** An empty filter for so many entries. */
  static long[] sized(int entries) {
    int lines = (entries * BITS_PER_ENTRY + LINE_BITS - 1) / LINE_BITS;
    return new long[Math.max(1, lines) * LINE_LONGS];
  }

  static void add(long[] filter, long place, long rest) {
    int line = line(filter, place);
    long probes = probes(rest);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(probes, probe);
      filter[line + (bit >>> 6)] |= 1L << bit;
    }
  }

  static boolean mayHold(long[] filter, long place, long rest) {
    int line = line(filter, place);
    long probes = probes(rest);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(probes, probe);
      if ((filter[line + (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** By the lower half of the place: the upper one is alike in all that share a filter. */
  private static int line(long[] filter, long place) {
    return (int) ((place & 0xFFFF_FFFFL) * (filter.length / LINE_LONGS) >>> 32) * LINE_LONGS;
  }

  private static long probes(long rest) {
    return (rest >>> IdHash.VALUE_BITS) * MIX;
  }

  private static int bit(long probes, int probe) {
    return (int) (probes >>> Long.SIZE - PROBE_BITS * (probe + 1)) & LINE_BITS - 1;
  }
}
