package io.tillwatch.load.bench.contestant.limit;

import java.util.Arrays;
import java.util.List;

/**
 * Makes the cells of all groupings from the open parts of a minute. One is kept per thread for its
 * arrays. Used by one thread.
 */
final class Closing {

  private static final int PART_BITS = 4;
  private static final int ROW_BITS = 20;
  private static final int ROW_MASK = (1 << ROW_BITS) - 1;

  /** Of fewer latencies a sorted copy is quicker than a table. */
  private static final int FEW = 48;

  private long[] order = new long[1 << 15];
  private int[] eventStarts = new int[1 << 15];
  private int[] oddStarts = new int[1 << 15];
  private int[][] positions = new int[0][];
  private int[] nextPosition = new int[1 << 15];
  private short[] buckets = new short[1 << 18];
  private short[] codes = new short[1 << 15];
  private final int[] counted = new int[ClosedMinute.BUCKETS];
  private final short[] few = new short[FEW];
  private final Money money = new Money(Key.OTHERS_MAX);
  private List<OpenMinute> parts = List.of();
  private int size;

  ClosedMinute close(List<OpenMinute> open, int psps, int regions, int currencies) {
    parts = open;
    sort();
    scatter();
    ClosedMinute closed = new ClosedMinute(open.getFirst().minute);
    Dense pspRegion = new Dense(psps, regions, currencies);
    int bin = 0;
    int psp = 0;
    for (int i = 0; i < size; i = endOf(i, 0xFF)) {
      if (keyAt(i) >>> 24 != keyAt(bin) >>> 24) {
        run(closed, bin, i, keyAt(bin) & ~0xFFFFFFL);
        bin = i;
      }
      if (keyAt(i) >>> 16 != keyAt(psp) >>> 16) {
        run(closed, psp, i, keyAt(psp) & ~0xFFFFL);
        psp = i;
      }
      int end = endOf(i, 0xFF);
      run(closed, i, end, Key.cell(keyAt(i)));
      pspRegion.add(closed, keyAt(i));
    }
    if (size > 0) {
      run(closed, psp, size, keyAt(psp) & ~0xFFFFL);
      run(closed, bin, size, keyAt(bin) & ~0xFFFFFFL);
    }
    pspRegion.finish(closed);
    return closed;
  }

  private long keyAt(int i) {
    return order[i] >>> PART_BITS + ROW_BITS;
  }

  private OpenMinute partAt(int i) {
    return parts.get((int) (order[i] >>> ROW_BITS) & (1 << PART_BITS) - 1);
  }

  private int rowAt(int i) {
    return (int) order[i] & ROW_MASK;
  }

  /** Where the run that begins there ends, as far as the bits outside of the mask tell. */
  private int endOf(int from, long mask) {
    long key = keyAt(from) | mask;
    int end = from + 1;
    while (end < size && (keyAt(end) | mask) == key) {
      end++;
    }
    return end;
  }

  private void sort() {
    size = 0;
    for (OpenMinute part : parts) {
      size += part.rows;
    }
    if (size >= order.length) {
      int capacity = Integer.highestOneBit(size) * 2 + 1;
      order = new long[capacity];
      eventStarts = new int[capacity];
      oddStarts = new int[capacity];
      nextPosition = new int[capacity];
    }
    int at = 0;
    for (int p = 0; p < parts.size(); p++) {
      OpenMinute part = parts.get(p);
      for (int row = 0; row < part.rows; row++) {
        order[at++] = part.keys[row] << PART_BITS + ROW_BITS | (long) p << ROW_BITS | row;
      }
    }
    Arrays.sort(order, 0, size);
  }

  /** Brings latencies and odd outcomes into the order of the rows. */
  private void scatter() {
    if (positions.length < parts.size()) {
      positions = new int[parts.size()][];
    }
    for (int p = 0; p < parts.size(); p++) {
      int[] known = positions[p];
      if (known == null || known.length < parts.get(p).rows) {
        positions[p] = new int[parts.get(p).keys.length];
      }
    }
    int events = 0;
    int odds = 0;
    for (int i = 0; i < size; i++) {
      eventStarts[i] = events;
      oddStarts[i] = odds;
      positions[(int) (order[i] >>> ROW_BITS) & (1 << PART_BITS) - 1][rowAt(i)] = i;
      events += partAt(i).counts[rowAt(i)];
      odds += partAt(i).odds[rowAt(i)];
    }
    eventStarts[size] = events;
    oddStarts[size] = odds;
    if (events > buckets.length) {
      buckets = new short[2 * events];
    }
    if (odds > codes.length) {
      codes = new short[2 * odds];
    }
    System.arraycopy(eventStarts, 0, nextPosition, 0, size);
    for (int p = 0; p < parts.size(); p++) {
      OpenMinute part = parts.get(p);
      for (int e = 0; e < part.events; e++) {
        buckets[nextPosition[positions[p][part.eventRows[e]]]++] = part.eventBuckets[e];
      }
    }
    System.arraycopy(oddStarts, 0, nextPosition, 0, size);
    for (int p = 0; p < parts.size(); p++) {
      OpenMinute part = parts.get(p);
      for (int e = 0; e < part.oddEvents; e++) {
        codes[nextPosition[positions[p][part.oddRows[e]]]++] = part.oddCodes[e];
      }
    }
  }

  /** The cell of a run of rows. */
  private void run(ClosedMinute closed, int from, int to, long key) {
    int events = 0;
    int first = 0;
    for (int i = from; i < to; i++) {
      OpenMinute part = partAt(i);
      int row = rowAt(i);
      events += part.counts[row];
      first += part.firstAttempts[row];
      money.add(
          Key.currency(keyAt(i)),
          part.counts[row],
          part.sums[row],
          part.successes[row],
          part.successSums[row]);
    }
    money.moveTo(closed);
    countCodes(closed, oddStarts[from], oddStarts[to]);
    countBuckets(closed, eventStarts[from], eventStarts[to]);
    closed.cell(key, events, first);
  }

  private void countCodes(ClosedMinute closed, int from, int to) {
    if (from == to) {
      return;
    }
    int low = ClosedMinute.CODES;
    int high = 0;
    for (int i = from; i < to; i++) {
      int code = codes[i];
      counted[code]++;
      low = Math.min(low, code);
      high = Math.max(high, code);
    }
    for (int code = low; code <= high; code++) {
      if (counted[code] != 0) {
        closed.code(code, counted[code]);
        counted[code] = 0;
      }
    }
  }

  private void countBuckets(ClosedMinute closed, int from, int to) {
    if (to - from <= FEW) {
      countFew(closed, from, to);
      return;
    }
    int low = ClosedMinute.BUCKETS;
    int high = 0;
    for (int i = from; i < to; i++) {
      // From -2, which stands for none.
      int at = buckets[i] + 2;
      counted[at]++;
      low = Math.min(low, at);
      high = Math.max(high, at);
    }
    for (int at = low; at <= high; at++) {
      if (counted[at] != 0) {
        if (at != 0) {
          closed.bucket(at - 2, counted[at]);
        }
        counted[at] = 0;
      }
    }
  }

  private void countFew(ClosedMinute closed, int from, int to) {
    int n = to - from;
    for (int i = 0; i < n; i++) {
      short bucket = buckets[from + i];
      int at = i;
      while (at > 0 && few[at - 1] > bucket) {
        few[at] = few[at - 1];
        at--;
      }
      few[at] = bucket;
    }
    int start = 0;
    for (int i = 1; i <= n; i++) {
      if (i == n || few[i] != few[start]) {
        if (few[start] != OpenMinute.NO_BUCKET) {
          closed.bucket(few[start], i - start);
        }
        start = i;
      }
    }
  }
}
