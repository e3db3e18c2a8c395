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

  private static final int MASK_AT = 1;
  private static final int LEAF = (1 << Dimension.ALL.size()) - 1;
  private static final int ALL_ROLL_UPS =
      bit(Dimension.PSP) | bit(Dimension.BIN_RANGE) | bit(Dimension.REGION);

  private final Map<ByteBuffer, byte[]> chunks = new HashMap<>();
  private final AvroSerde<CellBlock> blocks;

  public StoredCells(SchemaIds ids) {
    blocks = new AvroSerde<>(CellBlock.class, "tillwatch.cells-value", ids);
  }

  private static int bit(Dimension dimension) {
    return 1 << dimension.ordinal();
  }

  /** Takes a record of the changelog, in order. */
  public void put(byte[] key, byte[] value) {
    if (value == null) {
      chunks.remove(ByteBuffer.wrap(key));
    } else {
      chunks.put(ByteBuffer.wrap(key), value);
    }
  }

  /** All cells of the seven groupings. */
  public void forEach(BiConsumer<CellKey, Measures> each) {
    chunks.forEach((key, value) -> {
      int mask = key.getInt(MASK_AT);
      if (mask == LEAF || (mask & ~ALL_ROLL_UPS) == 0) {
        CellBlock block = blocks.fromBytes(value);
        for (PartialCell cell : block.getCells()) {
          each.accept(key(cell, block.getDictionary()), measures(cell.getTotals()));
        }
      }
    });
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
