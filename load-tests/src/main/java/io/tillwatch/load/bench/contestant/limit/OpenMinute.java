package io.tillwatch.load.bench.contestant.limit;

import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.recount.LatencyBuckets;
import io.tillwatch.load.bench.recount.Measures;
import java.util.Arrays;

/** What one thread has counted of one minute that may still grow. Used by one thread at a time. */
final class OpenMinute {

  private static final int ROWS = 1 << 14;
  private static final int EVENTS = 1 << 17;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  long minute;

  private long[] slots = new long[4 * ROWS];
  private int[] slotRows = new int[4 * ROWS];
  private int shift = 64 - Integer.numberOfTrailingZeros(4 * ROWS);

  int rows;
  long[] keys = new long[ROWS];
  int[] counts = new int[ROWS];
  int[] firstAttempts = new int[ROWS];
  long[] sums = new long[ROWS];
  int[] successes = new int[ROWS];
  long[] successSums = new long[ROWS];
  int[] odds = new int[ROWS];

  /** Row and latency bucket of each event, -2 without latency. */
  int events;

  int[] eventRows = new int[EVENTS];
  short[] eventBuckets = new short[EVENTS];

  /** Row, outcome and reason of each event that is not simply approved. */
  int oddEvents;

  int[] oddRows = new int[EVENTS / 8];
  short[] oddCodes = new short[EVENTS / 8];

  static final short NO_BUCKET = -2;

  /** Outcome and reason as one number below {@link ClosedMinute#CODES}. */
  static int code(int outcome, int reason) {
    return outcome << 5 | reason + 1;
  }

  void clear() {
    Arrays.fill(slots, 0);
    Arrays.fill(counts, 0, rows, 0);
    Arrays.fill(firstAttempts, 0, rows, 0);
    Arrays.fill(sums, 0, rows, 0);
    Arrays.fill(successes, 0, rows, 0);
    Arrays.fill(successSums, 0, rows, 0);
    Arrays.fill(odds, 0, rows, 0);
    rows = 0;
    events = 0;
    oddEvents = 0;
  }

  void add(long key, AuthFields event) {
    int row = row(key);
    counts[row]++;
    if (event.attempt == 1) {
      firstAttempts[row]++;
    }
    sums[row] += event.amountMinor;
    boolean success = event.outcome == Measures.SUCCESS;
    if (success) {
      successes[row]++;
      successSums[row] += event.amountMinor;
    }
    if (!success || event.reason != Measures.NO_REASON) {
      addOdd(row, code(event.outcome, event.reason));
    }
    if (events == eventRows.length) {
      eventRows = Arrays.copyOf(eventRows, 2 * events);
      eventBuckets = Arrays.copyOf(eventBuckets, 2 * events);
    }
    eventRows[events] = row;
    eventBuckets[events] =
        event.latencyMillis == Measures.NO_LATENCY
            ? NO_BUCKET
            : (short) LatencyBuckets.of(event.latencyMillis);
    events++;
  }

  private void addOdd(int row, int code) {
    if (oddEvents == oddRows.length) {
      oddRows = Arrays.copyOf(oddRows, 2 * oddEvents);
      oddCodes = Arrays.copyOf(oddCodes, 2 * oddEvents);
    }
    odds[row]++;
    oddRows[oddEvents] = row;
    oddCodes[oddEvents] = (short) code;
    oddEvents++;
  }

  private int row(long key) {
    int slot = (int) (key * MIX >>> shift);
    while (slots[slot] != 0) {
      if (slots[slot] == key) {
        return slotRows[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = key;
    slotRows[slot] = rows;
    if (rows == keys.length) {
      growColumns();
    }
    keys[rows] = key;
    rows++;
    if (2 * rows > slots.length) {
      growSlots();
    }
    return rows - 1;
  }

  private void growColumns() {
    int capacity = 2 * rows;
    keys = Arrays.copyOf(keys, capacity);
    counts = Arrays.copyOf(counts, capacity);
    firstAttempts = Arrays.copyOf(firstAttempts, capacity);
    sums = Arrays.copyOf(sums, capacity);
    successes = Arrays.copyOf(successes, capacity);
    successSums = Arrays.copyOf(successSums, capacity);
    odds = Arrays.copyOf(odds, capacity);
  }

  private void growSlots() {
    int capacity = 2 * slots.length;
    slots = new long[capacity];
    slotRows = new int[capacity];
    shift--;
    for (int row = 0; row < rows; row++) {
      int slot = (int) (keys[row] * MIX >>> shift);
      while (slots[slot] != 0) {
        slot = slot + 1 & capacity - 1;
      }
      slots[slot] = keys[row];
      slotRows[slot] = row;
    }
  }
}
