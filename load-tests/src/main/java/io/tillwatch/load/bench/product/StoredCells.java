package io.tillwatch.load.bench.product;

import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.schemas.cube.CellBlock;
import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.cube.PartialCell;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The cells that the topology has stored: the newest value of each key of the changelog of its
 * minute cells, which is what it would restore. Not thread-safe.
 */
public final class StoredCells {

  private static final String SUBJECT = "tillwatch.cells-value";
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private final Map<ByteBuffer, byte[]> chunks = new HashMap<>();
  private final AvroSerde<CellBlock> blocks;
  private final byte[] blockHeader;

  public StoredCells(SchemaIds ids) {
    blocks = new AvroSerde<>(CellBlock.class, SUBJECT, ids);
    int id = ids.idOf(SUBJECT, CellBlock.getClassSchema());
    blockHeader = ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array();
  }

  /** Takes a record of the changelog, in order. */
  public void put(byte[] key, byte[] value) {
    if (value == null) {
      chunks.remove(ByteBuffer.wrap(key));
    } else {
      chunks.put(ByteBuffer.wrap(key), value);
    }
  }

  /** All cells of the seven groupings; what a minute says about itself is left out. */
  public void forEach(BiConsumer<CellKey, Measures> each) {
    for (byte[] value : chunks.values()) {
      if (isBlock(value)) {
        CellBlock block = blocks.fromBytes(value);
        for (PartialCell cell : block.getCells()) {
          if (isOfSeven(cell)) {
            each.accept(key(cell, block.getDictionary()), measures(cell.getTotals()));
          }
        }
      }
    }
  }

  private boolean isBlock(byte[] value) {
    return value.length > HEADER_BYTES
        && Arrays.equals(value, 0, HEADER_BYTES, blockHeader, 0, HEADER_BYTES);
  }

  /** Whether a cell is a leaf, or has no other dimension than the three. */
  private static boolean isOfSeven(PartialCell cell) {
    int others = 0;
    for (int dimension = Dimension.REGION.ordinal() + 1;
        dimension < cell.getSlice().size();
        dimension++) {
      others += cell.getSlice().get(dimension) < 0 ? 0 : 1;
    }
    return others == 0 || others == cell.getSlice().size() - 1 - Dimension.REGION.ordinal();
  }

  private static CellKey key(PartialCell cell, List<String> dictionary) {
    String range = value(cell, dictionary, Dimension.BIN_RANGE);
    return new CellKey(
        cell.getMinute().toEpochMilli(),
        value(cell, dictionary, Dimension.PSP),
        range.substring(range.lastIndexOf('-') + 1),
        value(cell, dictionary, Dimension.REGION));
  }

  private static String value(PartialCell cell, List<String> dictionary, Dimension dimension) {
    int index = cell.getSlice().get(dimension.ordinal());
    return index < 0 ? CellKey.ALL : dictionary.get(index);
  }

  private static Measures measures(CellTotals totals) {
    Measures measures = new Measures();
    measures.addEvents(totals.getEvents(), totals.getFirstAttempts());
    totals.getOutcomes().forEach(o -> measures.addOutcome(o.getOutcome().ordinal(), o.getCount()));
    totals.getReasons().forEach(r -> measures.addReason(r.getReason().ordinal(), r.getCount()));
    totals
        .getAmounts()
        .forEach(a ->
            measures.addMoney(
                a.getCurrency(),
                a.getCount(),
                a.getSumMinor(),
                a.getSuccessCount(),
                a.getSuccessSumMinor()));
    if (totals.getLatencySketch() != null) {
      addLatencies(Objects.requireNonNull(totals.getLatencySketch()).duplicate(), measures);
    }
    return measures;
  }

  /** A format byte, the number of buckets, then distance and count of each. */
  private static void addLatencies(ByteBuffer sketch, Measures measures) {
    sketch.get();
    long size = varint(sketch);
    int bucket = -1;
    for (long i = 0; i < size; i++) {
      bucket += (int) varint(sketch);
      measures.addLatencies(bucket, varint(sketch));
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      value |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }
}
