package io.tillwatch.load.bench.contestant.limit;

/**
 * A row of the finest grouping as one number: from the highest bits BIN, PSP, region, currency, so
 * that in order of the number the cells of coarser groupings are runs. A number of 0 is rolled up.
 */
final class Key {

  /** What a table can tell apart; more values of a dimension are refused. */
  static final int BINS_MAX = 1 << 15;

  static final int OTHERS_MAX = 1 << 8;

  private Key() {}

  static long of(int bin, int psp, int region, int currency) {
    if (bin >= BINS_MAX || (psp | region | currency) >= OTHERS_MAX) {
      throw new IllegalArgumentException("more values than numbers for them");
    }
    return (long) bin << 24 | psp << 16 | region << 8 | currency;
  }

  static int bin(long key) {
    return (int) (key >>> 24);
  }

  static int psp(long key) {
    return (int) (key >>> 16) & 0xFF;
  }

  static int region(long key) {
    return (int) (key >>> 8) & 0xFF;
  }

  static int currency(long key) {
    return (int) key & 0xFF;
  }

  /** The same without its currency. */
  static long cell(long key) {
    return key & ~0xFFL;
  }
}
