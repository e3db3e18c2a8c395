package io.tillwatch.topology.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongToIntFunction;

/**
 * One minute, closed or looked at before: what each of its leaves counted, in the very bytes that
 * are stored.
 *
 * <p>What detection adds up is unpacked, eight bytes a leaf; what only a burst asks for (attempts,
 * reasons, money, latency) stays packed in {@link PackedRow}s and is read on demand. About 25 bytes
 * per active leaf in all. Not thread-safe.
 */
final class Minute implements CountedRows {

  private static final int FORMAT = 3;

  /** One in so many rows is found at once, those between by reading on from there. */
  private static final int STRIDE = 8;

  /** Counts from here on are read from the packed row. */
  private static final int LARGE = 0xFFFF;

  /** To search a leaf costs about as much as to pass over so many rows. */
  private static final int SEARCH_COST = 64;

  /** Start of the minute, epoch milliseconds UTC. */
  final long at;

  /** Event time at which it could be closed, or was looked at. */
  final long closedAt;

  /** Events of leaves for which there was no room. */
  final long unwatched;

  /** By PSP: what its events of this minute are owed for; see {@link MinuteLeaves#causes}. */
  final SortedMap<String, Long> causes;

  /** By row: index of the leaf, ascending. */
  final int[] leaf;

  /** Judged events in the lower and failures in the upper 16 bits; {@link #LARGE} where more. */
  private final int[] counts;

  /** By row over {@link #STRIDE}: where it starts. */
  private final int[] starts;

  private final byte[] bytes;
  private final String[] currencies;

  private final BytesIn in;
  private final PackedRow packed = new PackedRow();
  private int lastRow;
  private int lastStart;

  /** How much of it was over when it was read, 0 to 1. */
  double partOver() {
    return Math.clamp((closedAt - at) / (double) Watch.MINUTE_MILLIS, 0, 1);
  }

  @Override
  public int leaf(int row) {
    return leaf[row];
  }

  /** What comes before the rows. */
  record Head(
      long at,
      long closedAt,
      long unwatched,
      SortedMap<String, Long> causes,
      List<String> currencies,
      int rows) {

    BytesOut write() {
      BytesOut out = new BytesOut().u8(FORMAT).number(at).number(closedAt).number(unwatched);
      out.number(causes.size());
      causes.forEach((psp, events) -> out.text(psp).number(events));
      out.number(currencies.size());
      currencies.forEach(out::text);
      return out.number(rows);
    }

    static Head read(BytesIn in) {
      int format = in.u8();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "a stored minute of format %d, expected %d".formatted(format, FORMAT));
      }
      long at = in.number();
      long closedAt = in.number();
      long unwatched = in.number();
      SortedMap<String, Long> causes = new TreeMap<>();
      for (int left = in.count(); left > 0; left--) {
        causes.put(in.text(), in.number());
      }
      List<String> currencies = new ArrayList<>();
      for (int left = in.count(); left > 0; left--) {
        currencies.add(in.text());
      }
      return new Head(at, closedAt, unwatched, causes, currencies, in.count());
    }
  }

  /** A minute whose rows are to be set. */
  Minute(Head head, byte[] bytes) {
    this.at = head.at();
    this.closedAt = head.closedAt();
    this.unwatched = head.unwatched();
    this.causes = head.causes();
    int rows = head.rows();
    this.leaf = new int[rows];
    this.counts = new int[rows];
    this.starts = new int[(rows + STRIDE - 1) / STRIDE];
    this.bytes = bytes;
    this.currencies = head.currencies().toArray(String[]::new);
    this.in = new BytesIn(bytes, 0);
  }

  /** The minute in stored bytes. */
  static Minute read(byte[] bytes, LongToIntFunction indexOfLeaf) {
    BytesIn in = new BytesIn(bytes, 0);
    Minute minute = new Minute(Head.read(in), bytes);
    PackedRow packed = new PackedRow();
    long number = 0;
    for (int row = 0; row < minute.rows(); row++) {
      int start = in.position();
      packed.read(in);
      number += packed.leafStep;
      minute.set(row, start, indexOfLeaf.applyAsInt(number));
      minute.count(row, packed.judged, packed.failures);
      packed.skipFacts(in);
    }
    return minute;
  }

  /** Start of the minute in these bytes, epoch milliseconds UTC. */
  static long startOf(byte[] bytes) {
    BytesIn in = new BytesIn(bytes, 0);
    in.u8();
    return in.number();
  }

  /** Says where a row starts and whose it is; rows in order. */
  void set(int row, int start, int leafIndex) {
    leaf[row] = leafIndex;
    if (row % STRIDE == 0) {
      starts[row / STRIDE] = start;
    }
  }

  void count(int row, int judged, int failures) {
    counts[row] = Math.min(failures, LARGE) << 16 | Math.min(judged, LARGE);
  }

  /** What is stored of it. */
  byte[] stored() {
    return bytes;
  }

  @Override
  public int rows() {
    return leaf.length;
  }

  @Override
  public int judged(int row) {
    int judged = counts[row] & LARGE;
    return judged < LARGE ? judged : packed(row).judged;
  }

  @Override
  public int failures(int row) {
    int failures = counts[row] >>> 16;
    return failures < LARGE ? failures : packed(row).failures;
  }

  /** Events of a row; cheapest in order of the rows. */
  int events(int row) {
    return packed(row).events;
  }

  /** First attempts of a row; cheapest in order of the rows. */
  int firstAttempts(int row) {
    return packed(row).firstAttempts;
  }

  /** Events of a row that a PSP or we broke; cheapest in order of the rows. */
  int technicalFailures(int row) {
    return packed(row).readTechnical(in);
  }

  /** Adds what the row says about reasons, money and latency. */
  void addTo(Facts facts, int row) {
    packed(row).readFacts(in, facts, currencies);
  }

  /** Reads a row; valid until the next one is read. */
  private PackedRow packed(int row) {
    int next = row / STRIDE * STRIDE;
    int start = starts[row / STRIDE];
    if (next < lastRow && lastRow <= row) {
      next = lastRow;
      start = lastStart;
    }
    in.seek(start);
    while (next < row) {
      packed.read(in);
      packed.skipFacts(in);
      next++;
    }
    lastRow = row;
    lastStart = in.position();
    packed.read(in);
    return packed;
  }

  /** The rows of leaves of a set, ascending; how many there are. */
  int rowsOf(LeafSet set, int[] found) {
    int count = 0;
    if ((long) set.size() * SEARCH_COST < rows()) {
      int from = 0;
      for (int i = 0; i < set.size(); i++) {
        int row = Arrays.binarySearch(leaf, from, leaf.length, set.leaf(i));
        if (row >= 0) {
          found[count++] = row;
        }
        from = row < 0 ? -row - 1 : row + 1;
      }
      return count;
    }
    for (int row = 0; row < leaf.length; row++) {
      if (set.holds(leaf[row])) {
        found[count++] = row;
      }
    }
    return count;
  }

  /** After leaves were forgotten: the rows point to the new indexes. */
  void reindex(int[] newIndex) {
    for (int row = 0; row < leaf.length; row++) {
      leaf[row] = newIndex[leaf[row]];
    }
  }
}
