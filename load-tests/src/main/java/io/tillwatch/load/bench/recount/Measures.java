package io.tillwatch.load.bench.recount;

import io.tillwatch.schemas.event.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

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

  private long events;
  private long firstAttempts;
  private SparseCounts outcomes = new SparseCounts();
  private SparseCounts reasons = new SparseCounts();
  private SparseCounts latencies = new SparseCounts();
  private final Map<String, Money> amounts = new TreeMap<>();

  /** Money of one currency, minor units. */
  private record Money(long count, long sum, long successCount, long successSum) {
    static final Money NONE = new Money(0, 0, 0, 0);

    Money plus(Money other) {
      return new Money(
          count + other.count,
          sum + other.sum,
          successCount + other.successCount,
          successSum + other.successSum);
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
    Money more = new Money(count, sumMinor, successCount, successSumMinor);
    amounts.put(currency, amounts.getOrDefault(currency, Money.NONE).plus(more));
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
    other.amounts.forEach((currency, money) -> amounts.merge(currency, money, Money::plus));
  }

  /** Events counted. */
  public long events() {
    return events;
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(events);
    out.writeLong(firstAttempts);
    outcomes.write(out);
    reasons.write(out);
    latencies.write(out);
    out.writeShort(amounts.size());
    for (Map.Entry<String, Money> amount : amounts.entrySet()) {
      out.writeUTF(amount.getKey());
      out.writeLong(amount.getValue().count);
      out.writeLong(amount.getValue().sum);
      out.writeLong(amount.getValue().successCount);
      out.writeLong(amount.getValue().successSum);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Measures read(DataInput in) throws IOException {
    Measures read = new Measures();
    read.addEvents(in.readLong(), in.readLong());
    read.outcomes = SparseCounts.read(in);
    read.reasons = SparseCounts.read(in);
    read.latencies = SparseCounts.read(in);
    int currencies = in.readUnsignedShort();
    for (int i = 0; i < currencies; i++) {
      read.addMoney(in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
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
        && amounts.equals(other.amounts);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(events);
  }

  @Override
  public String toString() {
    return "%d events, %d first, outcomes %s, reasons %s, %s, latencies %s"
        .formatted(events, firstAttempts, outcomes, reasons, amounts, latencies);
  }
}
