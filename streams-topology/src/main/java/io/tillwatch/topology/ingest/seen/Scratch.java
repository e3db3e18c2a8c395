package io.tillwatch.topology.ingest.seen;

/** Room for the entries of one shard, used again and again. */
final class Scratch {

  private long[] longs = new long[1 << 10];

  long[] room(int length) {
    if (longs.length < length) {
      longs = new long[Math.max(length, 2 * longs.length)];
    }
    return longs;
  }
}
