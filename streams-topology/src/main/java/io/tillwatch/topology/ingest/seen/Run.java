package io.tillwatch.topology.ingest.seen;

import java.util.Arrays;

/**
 * Ids of one shard that were spilled together: sorted entries in pieces of the store, cut by place,
 * and a filter of each piece in memory, or none at all when there are too many.
 */
final class Run {

  /** A piece is read as a whole: 16 KiB. */
  private static final int PIECE_ENTRIES = 1_024;

  private static final int PIECES_MAX = Short.MAX_VALUE;

  private static final long[] NO_FILTER = {};

  private final int number;
  private final int level;
  private final long[][] filters;
  private long filterBytes;
  private int ids;

  Run(int number, int level, int pieces) {
    this.number = number;
    this.level = level;
    this.filters = new long[pieces][];
    Arrays.fill(filters, NO_FILTER);
  }

  static int piecesFor(int entries) {
    return Math.min(PIECES_MAX, Math.max(1, entries / PIECE_ENTRIES));
  }

  int number() {
    return number;
  }

  /** How often its ids were merged. */
  int level() {
    return level;
  }

  int ids() {
    return ids;
  }

  int pieces() {
    return filters.length;
  }

  long filterBytes() {
    return filterBytes;
  }

  int pieceOf(long place) {
    return (int) ((place >>> 32) * filters.length >>> 32);
  }

  /** Counts the ids of a piece and makes its filter. */
  void hold(int piece, byte[] value) {
    int entries = Entries.count(value, Wire.PIECE_HEAD_BYTES);
    long[] filter = Filter.sized(entries);
    for (int i = 0; i < entries; i++) {
      Filter.add(
          filter,
          Entries.place(value, Wire.PIECE_HEAD_BYTES, i),
          Entries.rest(value, Wire.PIECE_HEAD_BYTES, i));
    }
    filters[piece] = filter;
    filterBytes += (long) filter.length * Long.BYTES;
    ids += entries;
  }

  /** From now on every look reads a piece. */
  void dropFilters() {
    Arrays.fill(filters, NO_FILTER);
    filterBytes = 0;
  }

  /** Whether a piece has a filter to ask. */
  boolean isFiltered(int piece) {
    return filters[piece].length > 0;
  }

  /** False only if the entry is certainly not in that piece. */
  boolean mayHold(int piece, long place, long rest) {
    long[] filter = filters[piece];
    return filter.length == 0 || Filter.mayHold(filter, place, rest);
  }
}
