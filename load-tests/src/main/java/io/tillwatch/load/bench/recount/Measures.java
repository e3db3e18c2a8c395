package io.tillwatch.load.bench.recount;

import io.tillwatch.schemas.event.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is counted in a cell, as most would write it: the same measures that Tillwatch keeps.
 *
 * <p>Used by the recount and by the contestants that do as the textbook says. Outcomes and reasons
 * go by their number in the schema. Not thread-safe.
 */
public final class Measures {

  /** Reason of an event that has none. */
  public static final int NO_REASON = -1;

  /** Latency of an event that has none. */
  public static final int NO_LATENCY = -1;

  /** An event with this outcome counts among the successful ones of its currency. */
  public static final int SUCCESS = Outcome.APPROVED.ordinal();

  private static final Money[] NO_MONEY = {};

  private long events;
  private long firstAttempts;
  private SparseCounts outcomes = new SparseCounts();
  private SparseCounts reasons = new SparseCounts();
  private SparseCounts latencies = new SparseCounts();

  // In order of the currency; most cells have one. An array of few is quicker than any map.
  private Money[] amounts = NO_MONEY;

  /** Money of one currency, minor units. */
  private static final class Money {
    private final String currency;
    private long count;
    private long sum;
    private long successCount;
    private long successSum;

    Money(String currency) {
      this.currency = currency;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Money other
          && currency.equals(other.currency)
          && count == other.count
          && sum == other.sum
          && successCount == other.successCount
          && successSum == other.successSum;
    }

    @Override
    public int hashCode() {
      return currency.hashCode();
    }

    @Override
    public String toString() {
      return "%s %d of %d, successful %d of %d"
          .formatted(currency, sum, count, successSum, successCount);
    }
  }

  /** Counts one event. */
  public void add(
      int outcome, int reason, int attempt, String currency, long amountMinor, int latencyMillis) {
    addEvents(1, attempt == 1 ? 1 : 0);
    addOutcome(outcome, 1);
    if (reason != NO_REASON) {
      addReason(reason, 1);
    }
    boolean success = outcome == SUCCESS;
    addMoney(currency, 1, amountMinor, success ? 1 : 0, success ? amountMinor : 0);
    if (latencyMillis != NO_LATENCY) {
      addLatencies(LatencyBuckets.of(latencyMillis), 1);
    }
  }

  /** Adds to the number of events, and of those that were a first attempt. */
  public void addEvents(long more, long moreFirstAttempts) {
    events += more;
    firstAttempts += moreFirstAttempts;
  }

  /** Adds to the events with an outcome. */
  public void addOutcome(int outcome, long more) {
    outcomes.add(outcome, more);
  }

  /** Adds to the events with a reason. */
  public void addReason(int reason, long more) {
    reasons.add(reason, more);
  }

  /** Adds to the money of a currency. */
  public void addMoney(
      String currency, long count, long sumMinor, long successCount, long successSumMinor) {
    Money money = money(currency);
    money.count += count;
    money.sum += sumMinor;
    money.successCount += successCount;
    money.successSum += successSumMinor;
  }

  private Money money(String currency) {
    int at = 0;
    while (at < amounts.length && amounts[at].currency.compareTo(currency) < 0) {
      at++;
    }
    if (at == amounts.length || !amounts[at].currency.equals(currency)) {
      Money[] more = new Money[amounts.length + 1];
      System.arraycopy(amounts, 0, more, 0, at);
      System.arraycopy(amounts, at, more, at + 1, amounts.length - at);
      more[at] = new Money(currency);
      amounts = more;
    }
    return amounts[at];
  }

  /** Adds to the events whose latency lies in a bucket of {@link LatencyBuckets}. */
  public void addLatencies(int bucket, long more) {
    latencies.add(bucket, more);
  }

  /** Adds all that the other one counted. */
  public void merge(Measures other) {
    addEvents(other.events, other.firstAttempts);
    outcomes.merge(other.outcomes);
    reasons.merge(other.reasons);
    latencies.merge(other.latencies);
    for (Money money : other.amounts) {
      addMoney(money.currency, money.count, money.sum, money.successCount, money.successSum);
    }
  }

  /** Events counted. */
  public long events() {
    return events;
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    Varints.write(events, out);
    Varints.write(firstAttempts, out);
    outcomes.write(out);
    reasons.write(out);
    latencies.write(out);
    Varints.write(amounts.length, out);
    for (Money money : amounts) {
      out.writeUTF(money.currency);
      Varints.write(money.count, out);
      Varints.write(money.sum, out);
      Varints.write(money.successCount, out);
      Varints.write(money.successSum, out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Measures read(DataInput in) throws IOException {
    Measures read = new Measures();
    read.addEvents(Varints.read(in), Varints.read(in));
    read.outcomes = SparseCounts.read(in);
    read.reasons = SparseCounts.read(in);
    read.latencies = SparseCounts.read(in);
    long currencies = Varints.read(in);
    for (int i = 0; i < currencies; i++) {
      read.addMoney(
          in.readUTF(), Varints.read(in), Varints.read(in), Varints.read(in), Varints.read(in));
    }
    return read;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Measures other
        && events == other.events
        && firstAttempts == other.firstAttempts
        && outcomes.equals(other.outcomes)
        && reasons.equals(other.reasons)
        && latencies.equals(other.latencies)
        && Arrays.equals(amounts, other.amounts);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(events);
  }

  @Override
  public String toString() {
    return "%d events, %d first, outcomes %s, reasons %s, %s, latencies %s"
        .formatted(events, firstAttempts, outcomes, reasons, Arrays.toString(amounts), latencies);
  }
}
