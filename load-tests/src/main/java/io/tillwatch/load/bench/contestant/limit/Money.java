package io.tillwatch.load.bench.contestant.limit;

/** Money of one cell by currency while it is added up; empty again when it has been moved out. */
final class Money {

  private final int[] counts;
  private final long[] sums;
  private final int[] successes;
  private final long[] successSums;
  private final int[] touched;
  private int size;

  Money(int currencies) {
    counts = new int[currencies];
    sums = new long[currencies];
    successes = new int[currencies];
    successSums = new long[currencies];
    touched = new int[currencies];
  }

  void add(int currency, int count, long sum, int success, long successSum) {
    if (counts[currency] == 0) {
      touched[size++] = currency;
    }
    counts[currency] += count;
    sums[currency] += sum;
    successes[currency] += success;
    successSums[currency] += successSum;
  }

  void addTo(Money other) {
    for (int i = 0; i < size; i++) {
      int c = touched[i];
      other.add(c, counts[c], sums[c], successes[c], successSums[c]);
    }
  }

  void moveTo(ClosedMinute closed) {
    for (int i = 0; i < size; i++) {
      int c = touched[i];
      closed.money(c, counts[c], sums[c], successes[c], successSums[c]);
      counts[c] = 0;
      sums[c] = 0;
      successes[c] = 0;
      successSums[c] = 0;
    }
    size = 0;
  }
}
