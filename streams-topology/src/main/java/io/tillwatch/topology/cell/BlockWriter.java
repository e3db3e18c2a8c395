package io.tillwatch.topology.cell;

import static io.tillwatch.topology.cell.AvroOut.number;
import static io.tillwatch.topology.cell.AvroOut.varint;

import io.tillwatch.schemas.slice.Dimension;
import java.util.Arrays;

/**
 * Writes rows of tables as one framed block of cells; the block's dictionary grows with the cells
 * that are added. Used again for the next block; nothing is allocated but the blocks. Not
 * thread-safe.
 */
public final class BlockWriter {

  private static final int DIMENSIONS = Dimension.ALL.size();
  private static final int ABSENT = -1;

  /** Numbers of a cell besides those of its slice, its counters and its money: generously. */
  private static final int HEADS = 16;

  private final byte[] header;
  private final SliceIndex index;
  private final AvroOut dictionary = new AvroOut(4 * 1024);
  private final AvroOut cells = new AvroOut(64 * 1024);
  private final AvroOut block = new AvroOut(64 * 1024);

  /**
   * Per dimension and value: its place in the block's dictionary, if it was given in this block.
   */
  private final int[][] places = new int[DIMENSIONS][16];

  private final int[][] givenIn = new int[DIMENSIONS][16];
  private final int[] codes = new int[DIMENSIONS];
  private int blockNumber = 1;
  private int entries;
  private int count;

  BlockWriter(byte[] header, SliceIndex index) {
    this.header = header;
    this.index = index;
  }

  /** Cells added since the last block. */
  public int cells() {
    return count;
  }

  /** Bytes that the block would have. */
  public int bytes() {
    return dictionary.size() + cells.size();
  }

  /** Adds one cell. */
  public void add(long minuteMillis, CellTable table, int row) {
    byte[] to = cells.room(bytesMax(table, row));
    int at = number(to, cells.size(), minuteMillis);
    at = number(to, at, DIMENSIONS);
    index.codes(table.sliceAt(row), codes);
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      int code = codes[dimension];
      at = number(to, at, code == Dictionary.ROLLED_UP ? ABSENT : place(dimension, code));
    }
    at = number(to, at, 0);
    at = number(to, at, table.events(row));
    at = number(to, at, table.firstAttempts(row));
    cells.end(counters(table, row, to, at));
    count++;
  }

  /** More than a cell can take, however large its numbers are. */
  private int bytesMax(CellTable table, int row) {
    int numbers = DIMENSIONS + HEADS + 2 * table.counters.length(row) + table.money.length(row);
    int amounts = table.money.length(row) / CellTable.MONEY_LONGS;
    int currency = index.currencies().utf8Longest() + AvroOut.LONG_BYTES_MAX;
    return numbers * AvroOut.LONG_BYTES_MAX + amounts * currency;
  }

  /** The block of the cells added; the next one starts empty. */
  public byte[] finish(CellBlocks.Head head) {
    block.clear();
    block.raw(header, header.length);
    CellBlocks.writeHead(head, block);
    array(entries, dictionary);
    array(count, cells);
    byte[] bytes = block.toBytes();
    dictionary.clear();
    cells.clear();
    entries = 0;
    count = 0;
    blockNumber++;
    return bytes;
  }

  private void array(int items, AvroOut content) {
    if (items > 0) {
      block.number(items);
      block.raw(content);
    }
    block.number(0);
  }

  private int place(int dimension, int code) {
    if (code >= places[dimension].length) {
      int capacity = Math.max(code + 1, places[dimension].length * 2);
      places[dimension] = Arrays.copyOf(places[dimension], capacity);
      givenIn[dimension] = Arrays.copyOf(givenIn[dimension], capacity);
    }
    if (givenIn[dimension][code] != blockNumber) {
      givenIn[dimension][code] = blockNumber;
      places[dimension][code] = entries++;
      dictionary.text(index.values(Dimension.ALL.get(dimension)).utf8(code));
    }
    return places[dimension][code];
  }

  /** Outcomes, reasons, money and sketch: in the order of {@code CellTotals}. */
  private int counters(CellTable table, int row, byte[] to, int from) {
    long[] pool = table.counters.pool;
    int first = table.counters.start(row);
    int end = first + table.counters.length(row);
    int reasons = first;
    while (reasons < end && kind(pool[reasons]) < CellTable.FIRST_REASON) {
      reasons++;
    }
    int buckets = reasons;
    while (buckets < end && kind(pool[buckets]) < CellTable.FIRST_BUCKET) {
      buckets++;
    }
    int at = counts(pool, first, reasons, 0, to, from);
    at = counts(pool, reasons, buckets, CellTable.FIRST_REASON, to, at);
    at = money(table, row, to, at);
    if (buckets == end) {
      return number(to, at, 0);
    }
    return sketch(pool, buckets, end, to, number(to, at, 1));
  }

  private static int counts(long[] pool, int from, int end, int firstKind, byte[] to, int start) {
    int at = start;
    if (from < end) {
      at = number(to, at, end - from);
      for (int i = from; i < end; i++) {
        at = number(to, at, kind(pool[i]) - firstKind);
        at = number(to, at, pool[i] & CellTable.COUNT_MASK);
      }
    }
    return number(to, at, 0);
  }

  private int money(CellTable table, int row, byte[] to, int start) {
    long[] pool = table.money.pool;
    int from = table.money.start(row);
    int end = from + table.money.length(row);
    int at = start;
    if (from < end) {
      at = number(to, at, (end - from) / CellTable.MONEY_LONGS);
      for (int i = from; i < end; i += CellTable.MONEY_LONGS) {
        byte[] currency = currency(pool[i]);
        at = number(to, at, currency.length);
        System.arraycopy(currency, 0, to, at, currency.length);
        at = number(to, at + currency.length, pool[i] & CellTable.COUNT_MASK);
        at = number(to, at, pool[i + 1]);
        at = number(to, at, pool[i + 2]);
        at = number(to, at, pool[i + 3]);
      }
    }
    return number(to, at, 0);
  }

  private byte[] currency(long money) {
    return index.currencies().utf8(kind(money));
  }

  /** The bytes of {@link LatencySketch#toBytes}, with their length in front. */
  private static int sketch(long[] pool, int from, int end, byte[] to, int start) {
    int bytes = 1 + AvroOut.varintBytes(end - from);
    int before = LatencySketch.ZERO_BUCKET;
    for (int i = from; i < end; i++) {
      int bucket = CellTable.bucketOfKind(kind(pool[i]));
      bytes += AvroOut.varintBytes(bucket - before);
      bytes += AvroOut.varintBytes(pool[i] & CellTable.COUNT_MASK);
      before = bucket;
    }
    int at = number(to, start, bytes);
    to[at++] = LatencySketch.FORMAT;
    at = varint(to, at, end - from);
    before = LatencySketch.ZERO_BUCKET;
    for (int i = from; i < end; i++) {
      int bucket = CellTable.bucketOfKind(kind(pool[i]));
      at = varint(to, at, bucket - before);
      at = varint(to, at, pool[i] & CellTable.COUNT_MASK);
      before = bucket;
    }
    return at;
  }

  private static int kind(long counter) {
    return (int) (counter >>> CellTable.COUNT_BITS);
  }
}
