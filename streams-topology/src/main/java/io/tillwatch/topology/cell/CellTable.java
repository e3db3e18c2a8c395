package io.tillwatch.topology.cell;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cells of one span of time as columns: what a {@link Tally} per slice would hold, without an
 * object per cell.
 *
 * <p>A row is a cell, found by the number of its slice in a {@link SliceIndex}. Its counters (by
 * outcome, by reason, by latency bucket) are one sorted list of pairs packed into longs, because a
 * cell of one minute has few of them; its money is a list of four longs per currency. A typical
 * leaf cell takes some 130 bytes. Not thread-safe.
 */
public final class CellTable {

  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Reason[] REASONS = Reason.values();
  private static final int ROWS_MIN = 64;

  /** A counter is its kind in the upper 16 bits and its count in the lower 48. */
  static final int COUNT_BITS = 48;

  static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  /** Counters of kinds below this are outcomes, by ordinal. */
  static final int FIRST_REASON = 64;

  /** Counters of kinds from here to {@link #FIRST_BUCKET} are reasons. */
  static final int FIRST_BUCKET = 128;

  /** Longs of one currency: its number and events, sum, successful events, their sum. */
  static final int MONEY_LONGS = 4;

  /** Longer lists are searched by halves. */
  private static final int LINEAR_MAX = 8;

  private int[] slots = new int[ROWS_MIN * 2];
  private int[] slices = new int[ROWS_MIN];

  /** Events and first attempts of each row, side by side. */
  private long[] events = new long[2 * ROWS_MIN];

  final Runs counters = new Runs(2, ROWS_MIN);
  final Runs money = new Runs(2, ROWS_MIN);
  private int size;

  /** What was touched goes in here, or the compiler would see that nobody needs it. */
  private long touched;

  /** How many cells it holds; rows are numbered from 0 in the order they were added. */
  public int size() {
    return size;
  }

  /** The number of a row's slice. */
  public int sliceAt(int row) {
    return slices[row];
  }

  /** The row of a slice; -1 when it has none. */
  public int find(int slice) {
    return slots[slotOf(slice)] - 1;
  }

  /**
   * Says that the row of a slice will be added to soon: what is expected one right after the other
   * is fetched from memory side by side.
   */
  public void expect(int slice) {
    int row = find(slice);
    if (row >= 0) {
      touched ^= events[2 * row] ^ counters.touch(row) ^ money.touch(row);
    }
  }

  /** The row of a slice, which is added when it has none. */
  public int row(int slice) {
    int slot = slotOf(slice);
    int known = slots[slot];
    return known != 0 ? known - 1 : open(slot, slice);
  }

  /** Counts one event and how it ended. */
  public void addEvent(int row, Outcome outcome, @Nullable Reason reason, boolean isFirstAttempt) {
    tally(row, 1, isFirstAttempt ? 1 : 0);
    int at = count(row, outcome.ordinal(), 1, 0);
    if (reason != null) {
      count(row, FIRST_REASON + reason.ordinal(), 1, at);
    }
  }

  /**
   * Adds the money of that event.
   *
   * @param currency number of its currency
   */
  public void addMoney(int row, int currency, long amountMinor, boolean isSuccess) {
    pay(row, currency, 1, amountMinor, isSuccess ? 1 : 0, isSuccess ? amountMinor : 0);
  }

  /** Adds what was measured of that event: answer time, lag or completion time. */
  public void addLatency(int row, long millis) {
    count(row, kindOfBucket(LatencySketch.bucketOf(millis)), 1, 0);
  }

  /** Adds all that a cell of another table, under the same numbers, has counted. */
  public void merge(int row, CellTable other, int otherRow) {
    tally(row, other.events(otherRow), other.firstAttempts(otherRow));
    if (counters.length(row) == 0 && money.length(row) == 0) {
      copy(counters, row, other.counters, otherRow);
      copy(money, row, other.money, otherRow);
      return;
    }
    int from = other.counters.start(otherRow);
    int to = from + other.counters.length(otherRow);
    int at = 0;
    for (int i = from; i < to; i++) {
      long counter = other.counters.pool[i];
      at = count(row, (int) (counter >>> COUNT_BITS), counter & COUNT_MASK, at);
    }
    from = other.money.start(otherRow);
    to = from + other.money.length(otherRow);
    long[] theirs = other.money.pool;
    for (int i = from; i < to; i += MONEY_LONGS) {
      int currency = (int) (theirs[i] >>> COUNT_BITS);
      pay(row, currency, theirs[i] & COUNT_MASK, theirs[i + 1], theirs[i + 2], theirs[i + 3]);
    }
  }

  private static void copy(Runs to, int row, Runs from, int otherRow) {
    int length = from.length(otherRow);
    int at = to.fill(row, length);
    System.arraycopy(from.pool, from.start(otherRow), to.pool, at, length);
  }

  /** Events of a cell. */
  public long events(int row) {
    return events[2 * row];
  }

  /** Events of a cell that were the first attempt of their payment. */
  public long firstAttempts(int row) {
    return events[2 * row + 1];
  }

  /** Events of a cell with this outcome. */
  public long outcome(int row, Outcome outcome) {
    return counter(row, outcome.ordinal());
  }

  /** Events of a cell with this reason. */
  public long reason(int row, Reason reason) {
    return counter(row, FIRST_REASON + reason.ordinal());
  }

  /** Events that reached what an event of this kind is for. */
  public long successes(int row, EventKind kind) {
    return outcomes(row, kind, Verdict.SUCCESS);
  }

  /** Events that did not. */
  public long failures(int row, EventKind kind) {
    return outcomes(row, kind, Verdict.FAILURE);
  }

  /** Events that a PSP or we broke: errors and timeouts. */
  public long technicalFailures(int row) {
    return outcome(row, Outcome.ERROR) + outcome(row, Outcome.TIMEOUT);
  }

  /** Takes what a cell counted, kind by kind. */
  public interface Details {

    /** Events with a reason. */
    void reason(Reason reason, long count);

    /**
     * Money of one currency.
     *
     * @param currency number of the currency
     * @param successes successful events
     * @param successSumMinor their amounts added up, minor units
     */
    void money(int currency, long successes, long successSumMinor);

    /** Durations in one bucket of a {@link LatencySketch}. */
    void latency(int bucket, long count);
  }

  /** Tells the reasons, the money and the durations of a cell, each that occurred once. */
  public void details(int row, Details to) {
    int end = counters.start(row) + counters.length(row);
    for (int i = counters.start(row); i < end; i++) {
      int kind = (int) (counters.pool[i] >>> COUNT_BITS);
      if (kind >= FIRST_BUCKET) {
        to.latency(bucketOfKind(kind), counters.pool[i] & COUNT_MASK);
      } else if (kind >= FIRST_REASON) {
        to.reason(REASONS[kind - FIRST_REASON], counters.pool[i] & COUNT_MASK);
      }
    }
    end = money.start(row) + money.length(row);
    for (int i = money.start(row); i < end; i += MONEY_LONGS) {
      to.money((int) (money.pool[i] >>> COUNT_BITS), money.pool[i + 2], money.pool[i + 3]);
    }
  }

  /** A cell as an object of its own. */
  public Tally tally(int row, Dictionary currencies) {
    Tally tally = new Tally();
    tally.events = events(row);
    tally.firstAttempts = firstAttempts(row);
    int end = counters.start(row) + counters.length(row);
    for (int i = counters.start(row); i < end; i++) {
      int kind = (int) (counters.pool[i] >>> COUNT_BITS);
      long count = counters.pool[i] & COUNT_MASK;
      if (kind < FIRST_REASON) {
        tally.outcomes[kind] = count;
      } else if (kind < FIRST_BUCKET) {
        tally.reasons[kind - FIRST_REASON] = count;
      } else {
        tally.sketch().append(bucketOfKind(kind), count);
      }
    }
    end = money.start(row) + money.length(row);
    for (int i = money.start(row); i < end; i += MONEY_LONGS) {
      Tally.Amount amount = tally.amount(currencies.value((int) (money.pool[i] >>> COUNT_BITS)));
      amount.count = money.pool[i] & COUNT_MASK;
      amount.sumMinor = money.pool[i + 1];
      amount.successCount = money.pool[i + 2];
      amount.successSumMinor = money.pool[i + 3];
    }
    return tally;
  }

  /** Bytes of its arrays. */
  public long bytes() {
    return counters.bytes()
        + money.bytes()
        + (long) slots.length * Integer.BYTES
        + (long) slices.length * (Integer.BYTES + 2 * Long.BYTES);
  }

  /** Forgets all cells; keeps its arrays. */
  public void clear() {
    Arrays.fill(slots, 0);
    counters.clear();
    money.clear();
    size = 0;
  }

  static int kindOfBucket(int bucket) {
    return FIRST_BUCKET + 1 + bucket;
  }

  static int bucketOfKind(int kind) {
    return kind - FIRST_BUCKET - 1;
  }

  void tally(int row, long moreEvents, long moreFirstAttempts) {
    events[2 * row] += moreEvents;
    events[2 * row + 1] += moreFirstAttempts;
  }

  /**
   * Adds to one counter.
   *
   * @param from offset in the row's list before which the counter is not
   * @return the counter's offset: where to look from for the next larger one
   */
  int count(int row, int kind, long by, int from) {
    int start = counters.start(row);
    int length = counters.length(row);
    long[] pool = counters.pool;
    int low = from;
    if (length > 0 && (int) (pool[start + length - 1] >>> COUNT_BITS) < kind) {
      low = length;
    } else if (length - from <= LINEAR_MAX) {
      while (low < length && (int) (pool[start + low] >>> COUNT_BITS) < kind) {
        low++;
      }
    } else {
      low = search(pool, start, low, length, kind);
    }
    if (low < length && (int) (pool[start + low] >>> COUNT_BITS) == kind) {
      pool[start + low] += by;
    } else {
      int at = counters.insert(row, low, 1);
      counters.pool[at] = (long) kind << COUNT_BITS | by;
    }
    return low;
  }

  private static int search(long[] pool, int start, int from, int length, int kind) {
    int low = from;
    int high = length;
    while (low < high) {
      int middle = low + high >>> 1;
      if ((int) (pool[start + middle] >>> COUNT_BITS) < kind) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void pay(int row, int currency, long count, long sum, long successes, long successSum) {
    int start = money.start(row);
    int end = start + money.length(row);
    int at = start;
    while (at < end && (int) (money.pool[at] >>> COUNT_BITS) != currency) {
      at += MONEY_LONGS;
    }
    if (at == end) {
      at = money.insert(row, end - start, MONEY_LONGS);
      money.pool[at] = (long) currency << COUNT_BITS;
      money.pool[at + 1] = 0;
      money.pool[at + 2] = 0;
      money.pool[at + 3] = 0;
    }
    money.pool[at] += count;
    money.pool[at + 1] = Tally.saturatedSum(money.pool[at + 1], sum);
    money.pool[at + 2] += successes;
    money.pool[at + 3] = Tally.saturatedSum(money.pool[at + 3], successSum);
  }

  private long counter(int row, int kind) {
    int end = counters.start(row) + counters.length(row);
    for (int i = counters.start(row); i < end; i++) {
      if ((int) (counters.pool[i] >>> COUNT_BITS) == kind) {
        return counters.pool[i] & COUNT_MASK;
      }
    }
    return 0;
  }

  private long outcomes(int row, EventKind kind, Verdict verdict) {
    long count = 0;
    int end = counters.start(row) + counters.length(row);
    for (int i = counters.start(row); i < end; i++) {
      int outcome = (int) (counters.pool[i] >>> COUNT_BITS);
      if (outcome >= FIRST_REASON) {
        return count;
      }
      if (Verdict.of(kind, OUTCOMES[outcome]) == verdict) {
        count += counters.pool[i] & COUNT_MASK;
      }
    }
    return count;
  }

  private int open(int slot, int slice) {
    int row = size++;
    if (row == slices.length) {
      grow();
      slots[slotOf(slice)] = row + 1;
    } else {
      slots[slot] = row + 1;
    }
    slices[row] = slice;
    events[2 * row] = 0;
    events[2 * row + 1] = 0;
    counters.open(row);
    money.open(row);
    return row;
  }

  private int slotOf(int slice) {
    int mask = slots.length - 1;
    int slot = hash(slice) & mask;
    while (slots[slot] != 0 && slices[slots[slot] - 1] != slice) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int rows = slices.length;
    int capacity = rows * 2;
    slices = Arrays.copyOf(slices, capacity);
    events = Arrays.copyOf(events, 2 * capacity);
    counters.reserve(capacity);
    money.reserve(capacity);
    slots = new int[capacity * 2];
    int mask = slots.length - 1;
    for (int row = 0; row < rows; row++) {
      int slot = hash(slices[row]) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = row + 1;
    }
  }

  private static int hash(int slice) {
    int mixed = slice * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }

  static {
    if (OUTCOMES.length > FIRST_REASON || REASONS.length > FIRST_BUCKET - FIRST_REASON) {
      throw new IllegalStateException("more outcomes or reasons than counters of their kind");
    }
  }
}
