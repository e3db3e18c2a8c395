package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the slices of an objective counted in each minute of its window, without what a burst of the
 * detector explains.
 *
 * <p>It is read from the minutes that the watch holds anyway: a new one is added and the oldest
 * dropped; when the claims or the leaves' indexes have changed, all are read anew. So nothing of it
 * is stored, and a restart counts the same.
 */
final class ObjectiveCounts {

  /** Slices of one objective; further ones are not judged. At most 24 bytes each and minute. */
  static final int SLICES_MAX = 2_000;

  private static final int NONE = -1;

  private final Terms terms;
  private final Matching matching;
  private final long overMillis;

  private final Map<Slice, Integer> numbers = new HashMap<>();
  private final List<Slice> slices = new ArrayList<>();
  private final Deque<Counted> minutes = new ArrayDeque<>();
  private final Sums window = new Sums();
  private int[] sliceOfLeaf = {};
  private int leavesKnown;
  private int leavesLeftOut;
  private long claimsVersion = NONE;
  private long leavesVersion = NONE;

  /** Which leaves an objective is about, and to which slice each of them belongs. */
  interface Matching {

    /** Whether the leaf is one of them. */
    boolean holds(Slice leaf);

    /** The slice that it is judged as a part of. */
    Slice sliceOf(Slice leaf);
  }

  ObjectiveCounts(Terms terms, Matching matching, long overMillis) {
    this.terms = terms;
    this.matching = matching;
    this.overMillis = overMillis;
  }

  /**
   * Events of a slice over some minutes.
   *
   * @param payments bad payments: of one that is tried again and again the first attempt counts
   * @param squares of the events judged in one row, added up over the rows
   */
  record Count(long judged, long bad, long payments, long squares) {

    private static final Count NONE = new Count(0, 0, 0, 0);

    /** Events in the row of an average event: what a clump of bad ones is a part of. */
    double perRow() {
      return judged == 0 ? 0 : (double) squares / judged;
    }
  }

  /** By slice: sums over rows. */
  private static final class Sums {
    private long[] judged = {};
    private long[] bad = {};
    private long[] payments = {};
    private long[] squares = {};

    void reserve(int size) {
      if (size > judged.length) {
        judged = Arrays.copyOf(judged, size * 3 / 2 + 1);
        bad = Arrays.copyOf(bad, judged.length);
        payments = Arrays.copyOf(payments, judged.length);
        squares = Arrays.copyOf(squares, judged.length);
      }
    }

    void add(Counted minute, int sign) {
      for (int i = 0; i < minute.slice.length; i++) {
        int slice = minute.slice[i];
        judged[slice] += sign * (long) minute.judged[i];
        bad[slice] += sign * (long) minute.bad[i];
        payments[slice] += sign * (long) minute.payments[i];
        squares[slice] += sign * minute.squares[i];
      }
    }

    void clear() {
      Arrays.fill(judged, 0);
      Arrays.fill(bad, 0);
      Arrays.fill(payments, 0);
      Arrays.fill(squares, 0);
    }
  }

  /** One minute: slices that had events, ascending, and what they counted. */
  private record Counted(
      long at, int[] slice, int[] judged, int[] bad, int[] payments, long[] squares) {}

  /** Goes on to this minute, the newest that the memory holds. */
  void add(Minute minute, Memory memory) {
    long from = minute.at + Watch.MINUTE_MILLIS - overMillis;
    if (claimsVersion != memory.claims.version() || leavesVersion != memory.leaves.version()) {
      readAnew(from, minute.at + Watch.MINUTE_MILLIS, memory);
      return;
    }
    take(minute, memory);
    while (minutes.getFirst().at() < from) {
      window.add(minutes.removeFirst(), -1);
    }
  }

  private void readAnew(long from, long until, Memory memory) {
    claimsVersion = memory.claims.version();
    leavesVersion = memory.leaves.version();
    numbers.clear();
    slices.clear();
    leavesKnown = 0;
    leavesLeftOut = 0;
    minutes.clear();
    window.clear();
    memory.ring.between(from, until).forEach(minute -> take(minute, memory));
  }

  private void take(Minute minute, Memory memory) {
    know(memory.leaves);
    Sums sums = new Sums();
    sums.reserve(slices.size());
    for (int row = 0; row < minute.rows(); row++) {
      int slice = sliceOfLeaf[minute.leaf[row]];
      if (slice != NONE && !isExplained(minute, row, memory)) {
        take(minute, row, slice, sums);
      }
    }
    Counted counted = packed(minute.at, sums);
    minutes.addLast(counted);
    window.reserve(slices.size());
    window.add(counted, 1);
  }

  private void take(Minute minute, int row, int slice, Sums sums) {
    long judged = terms.judged(minute, row);
    int bad = judged == 0 ? 0 : terms.bad(minute, row);
    sums.judged[slice] += judged;
    sums.squares[slice] += judged * judged;
    if (bad > 0) {
      sums.bad[slice] += bad;
      sums.payments[slice] += Math.min(bad, minute.firstAttempts(row));
    }
  }

  static boolean isExplained(Minute minute, int row, Memory memory) {
    return memory.claims.covers(memory.leaves.claims[minute.leaf[row]], minute.at);
  }

  private static Counted packed(long at, Sums sums) {
    int size = 0;
    int[] with = new int[sums.judged.length];
    for (int slice = 0; slice < with.length; slice++) {
      if (sums.judged[slice] > 0) {
        with[size++] = slice;
      }
    }
    int[] found = Arrays.copyOf(with, size);
    return new Counted(
        at,
        found,
        Arrays.stream(found).map(slice -> (int) sums.judged[slice]).toArray(),
        Arrays.stream(found).map(slice -> (int) sums.bad[slice]).toArray(),
        Arrays.stream(found).map(slice -> (int) sums.payments[slice]).toArray(),
        Arrays.stream(found).mapToLong(slice -> sums.squares[slice]).toArray());
  }

  /** Finds the slices of leaves that have joined. */
  private void know(Leaves leaves) {
    if (leaves.size() > sliceOfLeaf.length) {
      sliceOfLeaf = Arrays.copyOf(sliceOfLeaf, leaves.size() * 3 / 2);
    }
    for (; leavesKnown < leaves.size(); leavesKnown++) {
      Slice leaf = leaves.slice(leavesKnown);
      sliceOfLeaf[leavesKnown] = matching.holds(leaf) ? number(matching.sliceOf(leaf)) : NONE;
    }
  }

  private int number(Slice slice) {
    Integer known = numbers.get(slice);
    if (known != null) {
      return known;
    }
    if (slices.size() == SLICES_MAX) {
      leavesLeftOut++;
      return NONE;
    }
    slices.add(slice);
    numbers.put(slice, slices.size() - 1);
    return slices.size() - 1;
  }

  /** Slices with events in the newest minute. */
  List<Slice> withEvents() {
    return minutes.isEmpty()
        ? List.of()
        : Arrays.stream(minutes.getLast().slice()).mapToObj(slices::get).toList();
  }

  /** Slices with events in the window. */
  int judgedSlices() {
    int count = 0;
    for (int slice = 0; slice < slices.size(); slice++) {
      count += window.judged[slice] > 0 ? 1 : 0;
    }
    return count;
  }

  /** What a slice counted in the window. */
  Count of(Slice slice) {
    Integer number = numbers.get(slice);
    return number == null
        ? Count.NONE
        : new Count(
            window.judged[number],
            window.bad[number],
            window.payments[number],
            window.squares[number]);
  }

  /** Leaves that are not judged because they belong to slices beyond {@link #SLICES_MAX}. */
  int leavesLeftOut() {
    return leavesLeftOut;
  }

  /** What it counted in the minutes of the window that begin at some time or later. */
  Count since(Slice slice, long from) {
    long judged = 0;
    long bad = 0;
    long payments = 0;
    long squares = 0;
    Integer number = numbers.get(slice);
    Iterator<Counted> back = minutes.descendingIterator();
    while (number != null && back.hasNext()) {
      Counted minute = back.next();
      if (minute.at() < from) {
        break;
      }
      int at = Arrays.binarySearch(minute.slice(), number);
      judged += at < 0 ? 0 : minute.judged()[at];
      bad += at < 0 ? 0 : minute.bad()[at];
      payments += at < 0 ? 0 : minute.payments()[at];
      squares += at < 0 ? 0 : minute.squares()[at];
    }
    return new Count(judged, bad, payments, squares);
  }

  /**
   * The likeliest onset: the minute from which on most more is bad than is allowed.
   *
   * @param from no minute before it
   */
  long onset(Slice slice, long from) {
    Integer number = numbers.get(slice);
    double excess = 0;
    double most = 0;
    long onset = minutes.getLast().at();
    Iterator<Counted> back = minutes.descendingIterator();
    while (number != null && back.hasNext()) {
      Counted minute = back.next();
      if (minute.at() < from) {
        break;
      }
      int at = Arrays.binarySearch(minute.slice(), number);
      if (at >= 0) {
        excess += minute.bad()[at] - terms.allowed() * minute.judged()[at];
        if (excess > most) {
          most = excess;
          onset = minute.at();
        }
      }
    }
    return onset;
  }
}
