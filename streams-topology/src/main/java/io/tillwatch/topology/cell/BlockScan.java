package io.tillwatch.topology.cell;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks through blocks for the cells of one slice, and makes objects of those only: all others are
 * passed over number by number. Not thread-safe.
 */
public final class BlockScan {

  private static final int DIMENSIONS = Dimension.ALL.size();

  /** Whether an entry of the block's dictionary is the wanted value, once that was looked at. */
  private static final byte SAME = 1;

  private static final byte OTHER = 2;

  private static final byte[] NOTHING = {};

  private final Slice wanted;
  private final int wantedMask;
  private final byte[][] values = new byte[DIMENSIONS][];
  private final Dictionary currencies;
  private final BlockReader reader;
  private final AvroIn in;
  private final CellTable cell = new CellTable();
  private final int[] entryOf = new int[DIMENSIONS];
  private byte[][] compared = new byte[DIMENSIONS][64];
  private @Nullable String[] texts = new @Nullable String[64];

  /** Looks for cells whose slices the wanted one covers. */
  public BlockScan(CellBlocks blocks, Slice wanted) {
    this.wanted = wanted;
    this.wantedMask = wanted.mask();
    for (Dimension dimension : Dimension.ALL) {
      String value = wanted.get(dimension);
      values[dimension.ordinal()] =
          value == null ? NOTHING : value.getBytes(StandardCharsets.UTF_8);
    }
    SliceIndex index = new SliceIndex();
    currencies = index.currencies();
    reader = blocks.reader(index);
    in = reader.in();
  }

  /** Receives the cells that are found; the tally is the receiver's own. */
  @FunctionalInterface
  public interface Found {
    /** Returns whether to go on. */
    boolean cell(long minuteMillis, Slice slice, Tally tally);
  }

  /** What a block held. */
  public record Seen(int cells, int found, boolean goOn) {}

  /**
   * Looks through a block, to its end or until the receiver has enough.
   *
   * @throws IllegalStateException when the bytes are no block
   */
  public Seen scan(byte[] block, Found found) {
    try {
      reader.open(block);
      if (!hasAllValues()) {
        // Writers give all cells as one block of the array: it begins with their number.
        return new Seen(in.entries(), 0, true);
      }
      reserve(reader.entries());
      return cells(found);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      throw BlockReader.notABlock(block, e);
    }
  }

  /** Whether each wanted value is in the block's dictionary: without it no cell has the slice. */
  private boolean hasAllValues() {
    for (int rest = wantedMask; rest != 0; rest &= rest - 1) {
      if (!hasEntry(values[Integer.numberOfTrailingZeros(rest)])) {
        return false;
      }
    }
    return true;
  }

  private boolean hasEntry(byte[] value) {
    for (int entry = 0; entry < reader.entries(); entry++) {
      if (isAt(entry, value)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(int entry, byte[] value) {
    int start = reader.start(entry);
    int length = reader.length(entry);
    return length == value.length
        && Arrays.equals(value, 0, length, in.bytes(), start, start + length);
  }

  private void reserve(int entries) {
    if (entries > texts.length) {
      compared = new byte[DIMENSIONS][entries * 2];
      texts = new @Nullable String[entries * 2];
    } else {
      for (byte[] ofDimension : compared) {
        Arrays.fill(ofDimension, 0, entries, (byte) 0);
      }
      Arrays.fill(texts, 0, entries, null);
    }
  }

  private Seen cells(Found found) {
    int cells = 0;
    int matching = 0;
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        cells++;
        long minute = in.number();
        if (!matches()) {
          reader.skipTotals();
          continue;
        }
        matching++;
        cell.clear();
        reader.totals(cell, cell.row(0));
        if (!found.cell(minute, slice(), cell.tally(0, currencies))) {
          return new Seen(cells, matching, false);
        }
      }
    }
    return new Seen(cells, matching, true);
  }

  /** Reads where the values of a cell's slice are; whether they are the wanted ones. */
  private boolean matches() {
    Arrays.fill(entryOf, -1);
    int dimension = 0;
    for (int n = in.entries(); n != 0; n = in.entries()) {
      for (int i = 0; i < n; i++) {
        entryOf[dimension++] = in.index();
      }
    }
    for (int rest = wantedMask; rest != 0; rest &= rest - 1) {
      int wantedDimension = Integer.numberOfTrailingZeros(rest);
      if (!matches(wantedDimension, entryOf[wantedDimension])) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(int dimension, int entry) {
    byte[] value = values[dimension];
    if (entry < 0) {
      return false;
    }
    if (compared[dimension][entry] == 0) {
      compared[dimension][entry] = isAt(entry, value) ? SAME : OTHER;
    }
    return compared[dimension][entry] == SAME;
  }

  private Slice slice() {
    int mask = 0;
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      mask |= entryOf[dimension] < 0 ? 0 : 1 << dimension;
    }
    if (mask == wantedMask) {
      return wanted;
    }
    @Nullable String[] of = new @Nullable String[DIMENSIONS];
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      of[dimension] = entryOf[dimension] < 0 ? null : text(entryOf[dimension]);
    }
    return Slice.at(of);
  }

  private String text(int entry) {
    String text = texts[entry];
    if (text == null) {
      int start = reader.start(entry);
      text = new String(in.bytes(), start, reader.length(entry), StandardCharsets.UTF_8);
      texts[entry] = text;
    }
    return text;
  }
}
