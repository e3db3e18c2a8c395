package io.tillwatch.topology.cell;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Merges blocks of cells straight from their bytes into tables. Used again for the next block; in
 * the steady state nothing is allocated but the block's head. Not thread-safe.
 */
public final class BlockReader {

  private static final int DIMENSIONS = Dimension.ALL.size();
  private static final EventKind[] EVENT_KINDS = EventKind.values();
  private static final int OUTCOMES = Outcome.values().length;
  private static final int REASONS = Reason.values().length;
  private static final int NOT_KNOWN = 0;

  private final CellBlocks blocks;
  private final SliceIndex index;
  private final AvroIn in = new AvroIn();
  private final int[] codes = new int[DIMENSIONS];

  /** Where the entries of the block's dictionary are, and the numbers they have here. */
  private int[] starts = new int[256];

  private int[] lengths = new int[256];
  private final int[][] known = new int[DIMENSIONS][256];
  private int entries;

  BlockReader(CellBlocks blocks, SliceIndex index) {
    this.blocks = blocks;
    this.index = index;
  }

  /** Says where cells go. */
  public interface Sink {

    /** The table that takes the cells of this minute; null when nobody wants them. */
    @Nullable CellTable table(long minuteMillis);

    /** The slice under which a cell is counted: itself, or one that it is folded into. */
    default int slice(CellTable table, int slice) {
      return slice;
    }

    /** One more cell was left out, because its minute has no table. */
    default void skipped() {}

    /** The number of a value that is not in the dictionary yet; as a rule it is added. */
    default int code(Dimension dimension, String value, Dictionary values) {
      return values.codeOf(value);
    }
  }

  /**
   * Merges all cells of a block.
   *
   * @return what the block says besides its cells
   * @throws IllegalStateException when the bytes are no block
   */
  public CellBlocks.Head read(byte[] block, Sink sink) {
    try {
      CellBlocks.Head head = open(block);
      cells(sink);
      return head;
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      throw notABlock(block, e);
    }
  }

  static IllegalStateException notABlock(byte[] block, RuntimeException cause) {
    return new IllegalStateException(
        "%d bytes are no block of cells".formatted(block.length), cause);
  }

  /** Reads up to the cells. */
  CellBlocks.Head open(byte[] block) {
    in.open(blocks.inOwnVersion(block), CellBlocks.HEADER_BYTES);
    CellBlocks.Head head = head();
    dictionary();
    return head;
  }

  AvroIn in() {
    return in;
  }

  /** Entries of the block's dictionary. */
  int entries() {
    return entries;
  }

  /** Where an entry of the block's dictionary begins. */
  int start(int entry) {
    return starts[entry];
  }

  int length(int entry) {
    return lengths[entry];
  }

  private CellBlocks.Head head() {
    return new CellBlocks.Head(text(), EVENT_KINDS[in.index()], in.index(), in.number(), in.bool());
  }

  private String text() {
    int length = in.index();
    return new String(in.bytes(), in.skip(length), length, StandardCharsets.UTF_8);
  }

  private void dictionary() {
    entries = 0;
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        if (entries == starts.length) {
          grow();
        }
        int length = in.index();
        starts[entries] = in.skip(length);
        lengths[entries++] = length;
      }
    }
    for (int[] ofDimension : known) {
      Arrays.fill(ofDimension, 0, entries, NOT_KNOWN);
    }
  }

  private void grow() {
    int capacity = entries * 2;
    starts = Arrays.copyOf(starts, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      known[dimension] = new int[capacity];
    }
  }

  private void cells(Sink sink) {
    long minute = Long.MIN_VALUE;
    CellTable table = null;
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        long of = in.number();
        if (of != minute) {
          minute = of;
          table = sink.table(of);
        }
        if (table == null) {
          skipSlice();
          skipTotals();
          sink.skipped();
        } else {
          int slice = sink.slice(table, slice(sink));
          totals(table, table.row(slice));
        }
      }
    }
  }

  private int slice(Sink sink) {
    int dimension = 0;
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        int entry = in.index();
        codes[dimension] = entry < 0 ? Dictionary.ROLLED_UP : code(dimension, entry, sink);
        dimension++;
      }
    }
    while (dimension < DIMENSIONS) { // of a version with fewer
      codes[dimension++] = Dictionary.ROLLED_UP;
    }
    return index.number(codes);
  }

  private int code(int dimension, int entry, Sink sink) {
    if (entry >= entries) {
      throw new IllegalArgumentException(
          "entry %d of a dictionary of %d".formatted(entry, entries));
    }
    int code = known[dimension][entry];
    if (code == NOT_KNOWN) {
      Dimension of = Dimension.ALL.get(dimension);
      Dictionary values = index.values(of);
      code = values.find(in.bytes(), starts[entry], lengths[entry]);
      if (code == NOT_KNOWN) {
        String value =
            new String(in.bytes(), starts[entry], lengths[entry], StandardCharsets.UTF_8);
        code = sink.code(of, value, values);
      }
      known[dimension][entry] = code;
    }
    return code;
  }

  void totals(CellTable table, int row) {
    table.tally(row, in.number(), in.number());
    int at = counts(table, row, 0, OUTCOMES, Outcome.UNKNOWN.ordinal(), 0);
    at = counts(table, row, CellTable.FIRST_REASON, REASONS, Reason.UNKNOWN.ordinal(), at);
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        int length = in.index();
        int currency = index.currencies().codeOf(in.bytes(), in.skip(length), length);
        table.pay(row, currency, in.number(), in.number(), in.number(), in.number());
      }
    }
    if (in.index() != 0) {
      sketch(table, row, at);
    }
  }

  /** Counters come in ascending order, so that each is looked for behind the one before. */
  private int counts(CellTable table, int row, int firstKind, int kinds, int unknown, int from) {
    int at = from;
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        int symbol = in.index();
        boolean isKnown = symbol >= 0 && symbol < kinds;
        int kind = firstKind + (isKnown ? symbol : unknown);
        at = table.count(row, kind, in.number(), isKnown ? at : 0);
      }
    }
    return at;
  }

  private void sketch(CellTable table, int row, int from) {
    in.index(); // its bytes
    byte format = in.raw();
    if (format != LatencySketch.FORMAT) {
      throw new IllegalArgumentException("a latency sketch of format %d".formatted(format));
    }
    int at = from;
    int bucket = LatencySketch.ZERO_BUCKET;
    for (long buckets = in.varint(); buckets > 0; buckets--) {
      bucket += (int) in.varint();
      if (bucket > LatencySketch.BUCKETS_MAX) {
        throw new IllegalArgumentException("bucket %d of a latency sketch".formatted(bucket));
      }
      at = table.count(row, CellTable.kindOfBucket(bucket), in.varint(), at);
    }
  }

  private void skipSlice() {
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        in.varint();
      }
    }
  }

  void skipTotals() {
    in.varint();
    in.varint();
    skipPairs();
    skipPairs();
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        in.skip(in.index());
        in.varint();
        in.varint();
        in.varint();
        in.varint();
      }
    }
    if (in.index() != 0) {
      in.skip(in.index());
    }
  }

  private void skipPairs() {
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        in.varint();
        in.varint();
      }
    }
  }
}
