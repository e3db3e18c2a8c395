package io.tillwatch.topology.cell;

import java.util.Arrays;

/**
 * One cell that is added up from many: its counters lie by kind, so that adding looks for nothing.
 * 13 KB, to be used again. Not thread-safe.
 */
public final class CellSum {

  private static final int KINDS = CellTable.FIRST_BUCKET + LatencySketch.BUCKETS_MAX + 3;

  private final long[] counts = new long[KINDS];

  /** A bit for each counter that is not 0. */
  private final long[] used = new long[(KINDS + Long.SIZE - 1) / Long.SIZE];

  private long[] money = new long[4 * CellTable.MONEY_LONGS];
  private int moneyLongs;
  private long events;
  private long firstAttempts;

  /** Adds all that a cell has counted. */
  public void add(CellTable cells, int row) {
    events += cells.events(row);
    firstAttempts += cells.firstAttempts(row);
    long[] pool = cells.counters.pool;
    int from = cells.counters.start(row);
    int to = from + cells.counters.length(row);
    for (int i = from; i < to; i++) {
      int kind = (int) (pool[i] >>> CellTable.COUNT_BITS);
      counts[kind] += pool[i] & CellTable.COUNT_MASK;
      used[kind >>> 6] |= 1L << kind;
    }
    pool = cells.money.pool;
    from = cells.money.start(row);
    to = from + cells.money.length(row);
    for (int i = from; i < to; i += CellTable.MONEY_LONGS) {
      pay(pool, i);
    }
  }

  private void pay(long[] pool, int i) {
    long currency = pool[i] >>> CellTable.COUNT_BITS;
    int at = 0;
    while (at < moneyLongs && money[at] >>> CellTable.COUNT_BITS != currency) {
      at += CellTable.MONEY_LONGS;
    }
    if (at == moneyLongs) {
      if (at == money.length) {
        money = Arrays.copyOf(money, at * 2);
      }
      System.arraycopy(pool, i, money, at, CellTable.MONEY_LONGS);
      moneyLongs += CellTable.MONEY_LONGS;
      return;
    }
    money[at] += pool[i] & CellTable.COUNT_MASK;
    money[at + 1] = Tally.saturatedSum(money[at + 1], pool[i + 1]);
    money[at + 2] += pool[i + 2];
    money[at + 3] = Tally.saturatedSum(money[at + 3], pool[i + 3]);
  }

  /** Puts the sum into a row that is still empty, and starts anew. */
  public void moveTo(CellTable cells, int row) {
    cells.tally(row, events, firstAttempts);
    int kinds = 0;
    for (long word : used) {
      kinds += Long.bitCount(word);
    }
    int at = cells.counters.fill(row, kinds);
    for (int word = 0; word < used.length; word++) {
      for (long rest = used[word]; rest != 0; rest &= rest - 1) {
        int kind = (word << 6) + Long.numberOfTrailingZeros(rest);
        cells.counters.pool[at++] = (long) kind << CellTable.COUNT_BITS | counts[kind];
        counts[kind] = 0;
      }
      used[word] = 0;
    }
    at = cells.money.fill(row, moneyLongs);
    System.arraycopy(money, 0, cells.money.pool, at, moneyLongs);
    moneyLongs = 0;
    events = 0;
    firstAttempts = 0;
  }
}
