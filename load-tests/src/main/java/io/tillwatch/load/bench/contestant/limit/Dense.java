package io.tillwatch.load.bench.contestant.limit;

import org.jspecify.annotations.Nullable;

/**
 * The groupings with few cells: PSP and region as a dense table, and PSP, region and total added up
 * from it.
 */
final class Dense {

  private final int psps;
  private final int regions;
  private final int currencies;
  private final @Nullable Sum[] pspRegion;

  /** One cell. */
  private static final class Sum {
    private final int[] codes = new int[ClosedMinute.CODES];
    private final int[] buckets = new int[ClosedMinute.BUCKETS];
    private final Money money;
    private int events;
    private int firstAttempts;

    Sum(int currencies) {
      money = new Money(currencies);
    }

    /** Adds the cell that was closed last. */
    void addLast(ClosedMinute closed) {
      int last = closed.size - 1;
      events += closed.events[last];
      firstAttempts += closed.firstAttempts[last];
      for (int i = start(closed.moneyEnds, last); i < closed.moneys; i++) {
        money.add(
            closed.currencies[i] & 0xFF,
            closed.moneyCounts[i],
            closed.sums[i],
            closed.successes[i],
            closed.successSums[i]);
      }
      for (int i = start(closed.codeEnds, last); i < closed.codes; i++) {
        codes[closed.codeNumbers[i]] += closed.codeCounts[i];
      }
      for (int i = start(closed.bucketEnds, last); i < closed.buckets; i++) {
        buckets[closed.bucketNumbers[i] + 1] += closed.bucketCounts[i];
      }
    }

    private static int start(int[] ends, int cell) {
      return cell == 0 ? 0 : ends[cell - 1];
    }

    void add(Sum other) {
      events += other.events;
      firstAttempts += other.firstAttempts;
      for (int i = 0; i < codes.length; i++) {
        codes[i] += other.codes[i];
      }
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] += other.buckets[i];
      }
      other.money.addTo(money);
    }

    void moveTo(ClosedMinute closed, long key) {
      if (events == 0) {
        return;
      }
      money.moveTo(closed);
      for (int i = 0; i < codes.length; i++) {
        if (codes[i] != 0) {
          closed.code(i, codes[i]);
        }
      }
      for (int i = 0; i < buckets.length; i++) {
        if (buckets[i] != 0) {
          closed.bucket(i - 1, buckets[i]);
        }
      }
      closed.cell(key, events, firstAttempts);
    }
  }

  Dense(int psps, int regions, int currencies) {
    this.psps = psps;
    this.regions = regions;
    this.currencies = currencies;
    this.pspRegion = new @Nullable Sum[psps * regions];
  }

  void add(ClosedMinute closed, long key) {
    int at = Key.psp(key) * regions + Key.region(key);
    Sum sum = pspRegion[at];
    if (sum == null) {
      sum = new Sum(currencies);
      pspRegion[at] = sum;
    }
    sum.addLast(closed);
  }

  void finish(ClosedMinute closed) {
    Sum total = new Sum(currencies);
    Sum[] byRegion = new Sum[regions];
    for (int region = 0; region < regions; region++) {
      byRegion[region] = new Sum(currencies);
    }
    for (int psp = 0; psp < psps; psp++) {
      Sum byPsp = new Sum(currencies);
      for (int region = 0; region < regions; region++) {
        Sum cell = pspRegion[psp * regions + region];
        if (cell != null) {
          byPsp.add(cell);
          byRegion[region].add(cell);
          cell.moveTo(closed, Key.of(0, psp, region, 0));
        }
      }
      total.add(byPsp);
      byPsp.moveTo(closed, Key.of(0, psp, 0, 0));
    }
    for (int region = 0; region < regions; region++) {
      byRegion[region].moveTo(closed, Key.of(0, 0, region, 0));
    }
    total.moveTo(closed, 0);
  }
}
