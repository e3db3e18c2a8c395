package io.tillwatch.topology.detect;

import io.tillwatch.schemas.event.Reason;
import java.util.Arrays;

/** Packs what a leaf counted in a minute into a {@link PackedRow}; used again for each leaf. */
final class RowPacker implements LeafFacts {

  /** Currencies of this minute, in the order they came. */
  private String[] currencies = new String[4];

  private int currencyCount;

  private final long[] reasons = new long[Reason.values().length];
  private int reasonCount;
  private long technical;
  private int[] money = new int[4];
  private long[] successes = new long[4];
  private long[] sums = new long[4];
  private int moneyCount;
  private int[] buckets = new int[16];
  private long[] durations = new long[16];
  private int bucketCount;
  private long judged;
  private long failures;

  /** Starts a minute. */
  void start() {
    currencyCount = 0;
  }

  /** The currencies that the rows name by their place in this array. */
  String[] currencies() {
    return Arrays.copyOf(currencies, currencyCount);
  }

  @Override
  public void technicalFailures(long count) {
    technical = count;
  }

  @Override
  public void reason(Reason reason, long count) {
    if (count > 0) {
      reasons[reason.ordinal()] = count;
      reasonCount++;
    }
  }

  @Override
  public void money(String currency, long successful, long successSumMinor) {
    if (moneyCount == money.length) {
      money = Arrays.copyOf(money, moneyCount * 2);
      successes = Arrays.copyOf(successes, moneyCount * 2);
      sums = Arrays.copyOf(sums, moneyCount * 2);
    }
    money[moneyCount] = numberOf(currency);
    successes[moneyCount] = successful;
    sums[moneyCount++] = successSumMinor;
  }

  private int numberOf(String currency) {
    for (int i = 0; i < currencyCount; i++) {
      if (currencies[i].equals(currency)) {
        return i;
      }
    }
    if (currencyCount == currencies.length) {
      currencies = Arrays.copyOf(currencies, currencyCount * 2);
    }
    currencies[currencyCount] = currency;
    return currencyCount++;
  }

  @Override
  public void latency(int bucket, long count) {
    if (bucketCount == buckets.length) {
      buckets = Arrays.copyOf(buckets, bucketCount * 2);
      durations = Arrays.copyOf(durations, bucketCount * 2);
    }
    int at = bucketCount++;
    while (at > 0 && buckets[at - 1] > bucket) {
      buckets[at] = buckets[at - 1];
      durations[at] = durations[at - 1];
      at--;
    }
    buckets[at] = bucket;
    durations[at] = count;
  }

  /** Judged events of the row that was packed last. */
  long judged() {
    return judged;
  }

  /** Failures of the row that was packed last. */
  long failures() {
    return failures;
  }

  /** Packs one row, but for the step of its leaf's number. */
  void write(MinuteLeaves minute, int row, BytesOut out) {
    technical = 0;
    moneyCount = 0;
    bucketCount = 0;
    minute.facts(row, this);
    long events = minute.events(row);
    long firstAttempts = minute.firstAttempts(row);
    judged = minute.judged(row);
    failures = minute.failures(row);
    boolean usualMoney = moneyCount == 1 && successes[0] == judged - failures;
    int flags =
        (firstAttempts == events ? PackedRow.ALL_FIRST : 0)
            | (judged == events ? PackedRow.ALL_JUDGED : 0)
            | (failures > 0 ? PackedRow.HAS_FAILURES : 0)
            | (technical > 0 ? PackedRow.HAS_TECHNICAL : 0)
            | (reasonCount > 0 ? PackedRow.HAS_REASONS : 0)
            | (usualMoney ? PackedRow.USUAL_MONEY : 0)
            | (!usualMoney && moneyCount > 0 ? PackedRow.OTHER_MONEY : 0)
            | (bucketCount > 0 ? PackedRow.HAS_LATENCY : 0);
    out.u8(flags).number(events);
    writeUnless(firstAttempts == events, firstAttempts, out);
    writeUnless(judged == events, judged, out);
    writeUnless(failures == 0, failures, out);
    writeUnless(technical == 0, technical, out);
    if (reasonCount > 0) {
      writeReasons(out);
    }
    writeMoney(usualMoney, out);
    if (bucketCount > 0) {
      writeLatency(out);
    }
  }

  private static void writeUnless(boolean told, long count, BytesOut out) {
    if (!told) {
      out.number(count);
    }
  }

  private void writeReasons(BytesOut out) {
    out.number(reasonCount);
    for (int reason = 0; reason < reasons.length; reason++) {
      if (reasons[reason] > 0) {
        writeCounted(reason, reasons[reason], out);
        reasons[reason] = 0;
      }
    }
    reasonCount = 0;
  }

  private void writeMoney(boolean usual, BytesOut out) {
    if (usual) {
      out.number(money[0]).number(sums[0]);
    } else if (moneyCount > 0) {
      out.number(moneyCount);
      for (int i = 0; i < moneyCount; i++) {
        out.number(money[i]).number(successes[i]).number(sums[i]);
      }
    }
  }

  private void writeLatency(BytesOut out) {
    out.number(bucketCount);
    int before = -1;
    for (int i = 0; i < bucketCount; i++) {
      writeCounted(buckets[i] - before, durations[i], out);
      before = buckets[i];
    }
  }

  /** Most things happen once: the lowest bit says whether a count follows. */
  private static void writeCounted(int number, long count, BytesOut out) {
    out.number((long) number << 1 | (count == 1 ? 0 : 1));
    if (count != 1) {
      out.number(count);
    }
  }
}
