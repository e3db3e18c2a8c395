package io.tillwatch.topology.cell;

import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.cube.CurrencyTotal;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.OutcomeCount;
import io.tillwatch.schemas.cube.ReasonCount;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in one cell: events by outcome and reason, money by currency, a latency sketch.
 *
 * <p>Tallies add up: the tally of a roll-up is the merge of its parts, in any order. Sums of money
 * stop at {@link Long#MAX_VALUE} instead of overflowing. Not thread-safe.
 */
public final class Tally {

  /** Latency of an event that has none. */
  public static final long NO_LATENCY = -1;

  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Reason[] REASONS = Reason.values();

  long events;
  long firstAttempts;
  final long[] outcomes = new long[OUTCOMES.length];
  final long[] reasons = new long[REASONS.length];
  Amount[] amounts = new Amount[1];
  int currencies;
  @Nullable LatencySketch latency;

  /** Money of one currency: counts and sums of all and of the successful events, minor units. */
  public static final class Amount {
    final String currency;
    long count;
    long sumMinor;
    long successCount;
    long successSumMinor;

    Amount(String currency) {
      this.currency = currency;
    }

    /** ISO 4217 code. */
    public String currency() {
      return currency;
    }

    /** Events in this currency. */
    public long count() {
      return count;
    }

    /** Their amounts added up, minor units. */
    public long sumMinor() {
      return sumMinor;
    }

    /** Successful events in this currency. */
    public long successCount() {
      return successCount;
    }

    /** The successful ones' amounts added up, minor units. */
    public long successSumMinor() {
      return successSumMinor;
    }
  }

  /**
   * Counts one event.
   *
   * @param attempt number of the attempt within its payment, from 1
   * @param latencyMillis what the sketch takes, or {@link #NO_LATENCY}
   */
  public void add(
      EventKind kind,
      Outcome outcome,
      @Nullable Reason reason,
      int attempt,
      String currency,
      long amountMinor,
      long latencyMillis) {
    events++;
    if (attempt == 1) {
      firstAttempts++;
    }
    outcomes[outcome.ordinal()]++;
    if (reason != null) {
      reasons[reason.ordinal()]++;
    }
    Amount amount = amount(currency);
    amount.count++;
    amount.sumMinor = saturatedSum(amount.sumMinor, amountMinor);
    if (Verdict.of(kind, outcome) == Verdict.SUCCESS) {
      amount.successCount++;
      amount.successSumMinor = saturatedSum(amount.successSumMinor, amountMinor);
    }
    if (latencyMillis != NO_LATENCY) {
      sketch().add(latencyMillis);
    }
  }

  /** Adds all that the other one counted. */
  public void merge(Tally other) {
    events += other.events;
    firstAttempts += other.firstAttempts;
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] += other.outcomes[i];
    }
    for (int i = 0; i < reasons.length; i++) {
      reasons[i] += other.reasons[i];
    }
    for (int i = 0; i < other.currencies; i++) {
      Amount theirs = other.amounts[i];
      Amount mine = amount(theirs.currency);
      mine.count += theirs.count;
      mine.sumMinor = saturatedSum(mine.sumMinor, theirs.sumMinor);
      mine.successCount += theirs.successCount;
      mine.successSumMinor = saturatedSum(mine.successSumMinor, theirs.successSumMinor);
    }
    if (other.latency != null) {
      sketch().merge(other.latency);
    }
  }

  /** A tally of its own with the same counts. */
  public Tally copy() {
    Tally copy = new Tally();
    copy.merge(this);
    return copy;
  }

  /** Events counted. */
  public long events() {
    return events;
  }

  /** Events that were the first attempt of their payment. */
  public long firstAttempts() {
    return firstAttempts;
  }

  /** Events with this outcome. */
  public long outcome(Outcome outcome) {
    return outcomes[outcome.ordinal()];
  }

  /** Events with this reason. */
  public long reason(Reason reason) {
    return reasons[reason.ordinal()];
  }

  /** Money by currency, in order of the code. */
  public List<Amount> amounts() {
    Amount[] sorted = Arrays.copyOf(amounts, currencies);
    Arrays.sort(sorted, Comparator.comparing(Amount::currency));
    return List.of(sorted);
  }

  /** The latency sketch; null when nothing was measured. */
  public @Nullable LatencySketch latency() {
    return latency;
  }

  /** Events that reached what an event of this kind is for: the numerator of the success rate. */
  public long successes(EventKind kind) {
    return count(kind, Verdict.SUCCESS);
  }

  /** Events that either reached it or did not: the denominator of the success rate. */
  public long judged(EventKind kind) {
    return count(kind, Verdict.SUCCESS) + count(kind, Verdict.FAILURE);
  }

  /** Events that a PSP or we broke: errors and timeouts. */
  public long technicalFailures() {
    return outcome(Outcome.ERROR) + outcome(Outcome.TIMEOUT);
  }

  /** About how many bytes it takes on the wire, rather more than less. */
  public int bytesAbout() {
    return 80 + 30 * currencies + (latency == null ? 0 : latency.bytesMax());
  }

  /** The same counts in their wire form. */
  public CellTotals toAvro() {
    List<OutcomeCount> outcomeCounts = new ArrayList<>();
    for (Outcome outcome : OUTCOMES) {
      if (outcome(outcome) != 0) {
        outcomeCounts.add(new OutcomeCount(outcome, outcome(outcome)));
      }
    }
    List<ReasonCount> reasonCounts = new ArrayList<>();
    for (Reason reason : REASONS) {
      if (reason(reason) != 0) {
        reasonCounts.add(new ReasonCount(reason, reason(reason)));
      }
    }
    List<CurrencyTotal> money = new ArrayList<>();
    for (Amount a : amounts()) {
      money.add(
          new CurrencyTotal(a.currency, a.count, a.sumMinor, a.successCount, a.successSumMinor));
    }
    ByteBuffer sketch = latency == null ? null : ByteBuffer.wrap(latency.toBytes());
    return new CellTotals(events, firstAttempts, outcomeCounts, reasonCounts, money, sketch);
  }

  /** The tally of these totals. */
  public static Tally of(CellTotals totals) {
    Tally tally = new Tally();
    tally.events = totals.getEvents();
    tally.firstAttempts = totals.getFirstAttempts();
    totals.getOutcomes().forEach(o -> tally.outcomes[o.getOutcome().ordinal()] += o.getCount());
    totals.getReasons().forEach(r -> tally.reasons[r.getReason().ordinal()] += r.getCount());
    for (CurrencyTotal money : totals.getAmounts()) {
      Amount amount = tally.amount(money.getCurrency());
      amount.count = money.getCount();
      amount.sumMinor = money.getSumMinor();
      amount.successCount = money.getSuccessCount();
      amount.successSumMinor = money.getSuccessSumMinor();
    }
    ByteBuffer sketch = totals.getLatencySketch();
    tally.latency = sketch == null ? null : LatencySketch.of(sketch);
    return tally;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Tally other && toAvro().equals(other.toAvro());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(events) * 31 + Arrays.hashCode(outcomes);
  }

  @Override
  public String toString() {
    return toAvro().toString();
  }

  Amount amount(String currency) {
    for (int i = 0; i < currencies; i++) {
      if (amounts[i].currency.equals(currency)) {
        return amounts[i];
      }
    }
    if (currencies == amounts.length) {
      amounts = Arrays.copyOf(amounts, currencies * 2);
    }
    Amount added = new Amount(currency);
    amounts[currencies++] = added;
    return added;
  }

  LatencySketch sketch() {
    LatencySketch sketch = latency;
    if (sketch == null) {
      sketch = new LatencySketch();
      latency = sketch;
    }
    return sketch;
  }

  private long count(EventKind kind, Verdict verdict) {
    long count = 0;
    for (Outcome outcome : OUTCOMES) {
      if (outcomes[outcome.ordinal()] != 0 && Verdict.of(kind, outcome) == verdict) {
        count += outcomes[outcome.ordinal()];
      }
    }
    return count;
  }

  static long saturatedSum(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? Long.MAX_VALUE : sum;
  }
}
