package io.tillwatch.topology.detect;

import java.util.function.LongToIntFunction;

/**
 * One closed minute: what each of its leaves counted, in the very bytes that are stored.
 *
 * <p>Counts are unpacked; what only a burst asks for (reasons, money, latency) stays packed and is
 * read on demand. About 30 to 80 bytes per active leaf.
 */
final class Minute {

  private static final int FORMAT = 1;

  /** Start of the minute, epoch milliseconds UTC. */
  final long at;

  /** Event time at which it was closed. */
  final long closedAt;

  /** Events of leaves for which there was no room. */
  final long unwatched;

  /** By row: index of the leaf, ascending. */
  final int[] leaf;

  final int[] events;
  final int[] firstAttempts;
  final int[] judged;
  final int[] failures;
  private final int[] details;
  private final byte[] bytes;

  private Minute(byte[] bytes, LongToIntFunction indexOfLeaf) {
    this.bytes = bytes;
    BytesIn in = new BytesIn(bytes, 0);
    int format = in.u8();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "a stored minute of format %d, expected %d".formatted(format, FORMAT));
    }
    this.at = in.number();
    this.closedAt = in.number();
    this.unwatched = in.number();
    int rows = in.count();
    this.leaf = new int[rows];
    this.events = new int[rows];
    this.firstAttempts = new int[rows];
    this.judged = new int[rows];
    this.failures = new int[rows];
    this.details = new int[rows];
    long number = 0;
    for (int row = 0; row < rows; row++) {
      number += in.number();
      leaf[row] = indexOfLeaf.applyAsInt(number);
      events[row] = in.count();
      firstAttempts[row] = in.count();
      judged[row] = in.count();
      failures[row] = in.count();
      details[row] = in.position();
      Facts.skip(in);
    }
  }

  /** The minute in the bytes that {@link #write} made. */
  static Minute read(byte[] bytes, LongToIntFunction indexOfLeaf) {
    return new Minute(bytes, indexOfLeaf);
  }

  /** Start of the minute in these bytes, epoch milliseconds UTC. */
  static long startOf(byte[] bytes) {
    BytesIn in = new BytesIn(bytes, 0);
    in.u8();
    return in.number();
  }

  /** The bytes of a minute, of its watched leaves. */
  static byte[] write(long at, long closedAt, MinuteLeaves minute, Intake watched, Leaves leaves) {
    BytesOut out = new BytesOut();
    PackedFacts facts = new PackedFacts();
    out.u8(FORMAT).number(at).number(closedAt).number(watched.unwatched()).number(watched.size());
    long before = 0;
    for (int i = 0; i < watched.size(); i++) {
      int row = watched.row(i);
      long number = leaves.number(watched.leaf(i));
      out.number(number - before);
      out.number(minute.events(row)).number(minute.firstAttempts(row));
      out.number(minute.judged(row)).number(minute.failures(row));
      facts.write(minute, row, out);
      before = number;
    }
    return out.toBytes();
  }

  int rows() {
    return leaf.length;
  }

  /** Adds what the row says about reasons, money and latency. */
  void addTo(Facts facts, int row) {
    facts.add(new BytesIn(bytes, details[row]));
  }

  /** After leaves were forgotten: the rows point to the new indexes. */
  void reindex(int[] newIndex) {
    for (int row = 0; row < leaf.length; row++) {
      leaf[row] = newIndex[leaf[row]];
    }
  }
}
