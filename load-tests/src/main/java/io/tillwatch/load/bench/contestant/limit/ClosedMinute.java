package io.tillwatch.load.bench.contestant.limit;

import io.tillwatch.load.bench.recount.Measures;
import java.util.Arrays;

/**
 * All cells of one minute, final: columns by cell, and what a cell has several of (currencies, odd
 * outcomes, latency buckets) one after the other in columns of their own.
 */
final class ClosedMinute {

  /** Outcome and reason as one number are below this. */
  static final int CODES = 1 << 9;

  /** Latency buckets are below this: a day has 1,000. */
  static final int BUCKETS = 1_400;

  final long minute;
  int size;
  long[] keys = new long[1 << 14];
  int[] events = new int[1 << 14];
  int[] firstAttempts = new int[1 << 14];
  int[] moneyEnds = new int[1 << 14];
  int[] codeEnds = new int[1 << 14];
  int[] bucketEnds = new int[1 << 14];

  int moneys;
  byte[] currencies = new byte[1 << 14];
  int[] moneyCounts = new int[1 << 14];
  long[] sums = new long[1 << 14];
  int[] successes = new int[1 << 14];
  long[] successSums = new long[1 << 14];

  int codes;
  short[] codeNumbers = new short[1 << 14];
  int[] codeCounts = new int[1 << 14];

  int buckets;
  short[] bucketNumbers = new short[1 << 17];
  int[] bucketCounts = new int[1 << 17];

  ClosedMinute(long minute) {
    this.minute = minute;
  }

  void money(int currency, int count, long sum, int success, long successSum) {
    if (moneys == currencies.length) {
      int capacity = 2 * moneys;
      currencies = Arrays.copyOf(currencies, capacity);
      moneyCounts = Arrays.copyOf(moneyCounts, capacity);
      sums = Arrays.copyOf(sums, capacity);
      successes = Arrays.copyOf(successes, capacity);
      successSums = Arrays.copyOf(successSums, capacity);
    }
    currencies[moneys] = (byte) currency;
    moneyCounts[moneys] = count;
    sums[moneys] = sum;
    successes[moneys] = success;
    successSums[moneys] = successSum;
    moneys++;
  }

  void code(int number, int count) {
    if (codes == codeNumbers.length) {
      codeNumbers = Arrays.copyOf(codeNumbers, 2 * codes);
      codeCounts = Arrays.copyOf(codeCounts, 2 * codes);
    }
    codeNumbers[codes] = (short) number;
    codeCounts[codes] = count;
    codes++;
  }

  void bucket(int number, int count) {
    if (buckets == bucketNumbers.length) {
      bucketNumbers = Arrays.copyOf(bucketNumbers, 2 * buckets);
      bucketCounts = Arrays.copyOf(bucketCounts, 2 * buckets);
    }
    bucketNumbers[buckets] = (short) number;
    bucketCounts[buckets] = count;
    buckets++;
  }

  /** Ends the cell whose money, odd outcomes and latencies were put last. */
  void cell(long key, int count, int first) {
    if (size == keys.length) {
      int capacity = 2 * size;
      keys = Arrays.copyOf(keys, capacity);
      events = Arrays.copyOf(events, capacity);
      firstAttempts = Arrays.copyOf(firstAttempts, capacity);
      moneyEnds = Arrays.copyOf(moneyEnds, capacity);
      codeEnds = Arrays.copyOf(codeEnds, capacity);
      bucketEnds = Arrays.copyOf(bucketEnds, capacity);
    }
    keys[size] = key;
    events[size] = count;
    firstAttempts[size] = first;
    moneyEnds[size] = moneys;
    codeEnds[size] = codes;
    bucketEnds[size] = buckets;
    size++;
  }

  /** The measures of a cell as the bench compares them. */
  Measures measures(int cell, Names currencyNames) {
    Measures measures = new Measures();
    measures.addEvents(events[cell], firstAttempts[cell]);
    long approved = 0;
    for (int i = start(moneyEnds, cell); i < moneyEnds[cell]; i++) {
      measures.addMoney(
          currencyNames.name(currencies[i] & 0xFF),
          moneyCounts[i],
          sums[i],
          successes[i],
          successSums[i]);
      approved += successes[i];
    }
    if (approved > 0) {
      measures.addOutcome(Measures.SUCCESS, approved);
    }
    for (int i = start(codeEnds, cell); i < codeEnds[cell]; i++) {
      int outcome = codeNumbers[i] >>> 5;
      int reason = (codeNumbers[i] & 0x1F) - 1;
      if (outcome != Measures.SUCCESS) {
        measures.addOutcome(outcome, codeCounts[i]);
      }
      if (reason != Measures.NO_REASON) {
        measures.addReason(reason, codeCounts[i]);
      }
    }
    for (int i = start(bucketEnds, cell); i < bucketEnds[cell]; i++) {
      measures.addLatencies(bucketNumbers[i], bucketCounts[i]);
    }
    return measures;
  }

  private static int start(int[] ends, int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }
}
