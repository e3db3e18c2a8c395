package io.tillwatch.topology.cell;

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
    cells.number(minuteMillis);
    cells.number(DIMENSIONS);
    int slice = table.sliceAt(row);
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      int code = index.code(slice, dimension);
      cells.number(code == Dictionary.ROLLED_UP ? ABSENT : place(dimension, code));
    }
    cells.number(0);
    cells.number(table.events(row));
    cells.number(table.firstAttempts(row));
    counters(table, row);
    count++;
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
  private void counters(CellTable table, int row) {
    long[] pool = table.counters.pool;
    int from = table.counters.start(row);
    int to = from + table.counters.length(row);
    int reasons = from;
    while (reasons < to && kind(pool[reasons]) < CellTable.FIRST_REASON) {
      reasons++;
    }
    int buckets = reasons;
    while (buckets < to && kind(pool[buckets]) < CellTable.FIRST_BUCKET) {
      buckets++;
    }
    counts(pool, from, reasons, 0);
    counts(pool, reasons, buckets, CellTable.FIRST_REASON);
    money(table, row);
    cells.number(buckets == to ? 0 : 1);
    if (buckets < to) {
      sketch(pool, buckets, to);
    }
  }

  private void counts(long[] pool, int from, int to, int firstKind) {
    if (from < to) {
      cells.number(to - from);
      for (int i = from; i < to; i++) {
        cells.number(kind(pool[i]) - firstKind);
        cells.number(pool[i] & CellTable.COUNT_MASK);
      }
    }
    cells.number(0);
  }

  private void money(CellTable table, int row) {
    long[] pool = table.money.pool;
    int from = table.money.start(row);
    int to = from + table.money.length(row);
    if (from < to) {
      cells.number((to - from) / CellTable.MONEY_LONGS);
      for (int i = from; i < to; i += CellTable.MONEY_LONGS) {
        cells.text(index.currencies().utf8(kind(pool[i])));
        cells.number(pool[i] & CellTable.COUNT_MASK);
        cells.number(pool[i + 1]);
        cells.number(pool[i + 2]);
        cells.number(pool[i + 3]);
      }
    }
    cells.number(0);
  }

  /** The bytes of {@link LatencySketch#toBytes}, with their length in front. */
  private void sketch(long[] pool, int from, int to) {
    int bytes = 1 + AvroOut.varintBytes(to - from);
    int before = LatencySketch.ZERO_BUCKET;
    for (int i = from; i < to; i++) {
      int bucket = CellTable.bucketOfKind(kind(pool[i]));
      bytes += AvroOut.varintBytes(bucket - before);
      bytes += AvroOut.varintBytes(pool[i] & CellTable.COUNT_MASK);
      before = bucket;
    }
    cells.number(bytes);
    cells.raw(LatencySketch.FORMAT);
    cells.varint(to - from);
    before = LatencySketch.ZERO_BUCKET;
    for (int i = from; i < to; i++) {
      int bucket = CellTable.bucketOfKind(kind(pool[i]));
      cells.varint(bucket - before);
      cells.varint(pool[i] & CellTable.COUNT_MASK);
      before = bucket;
    }
  }

  private static int kind(long counter) {
    return (int) (counter >>> CellTable.COUNT_BITS);
  }
}
