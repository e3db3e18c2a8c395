package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The hash by which a slice's cell is found on disk: of its values, whatever numbers they have now.
 * Part of the stores' format. Used by one thread.
 *
 * <p>The lower bits name the bucket. Of slices that have PSP, BIN range and region two of three
 * bits come from these three alone: so what the three have in common lies in about the cube root of
 * all buckets, and is found without reading the others; and many slices that differ in nothing else
 * are spread over as many.
 */
final class SliceHash {

  private static final int DIMENSIONS = Dimension.ALL.size();

  /** PSP, BIN range and region come first. */
  private static final int PLACING = Dimension.REGION.ordinal() + 1;

  private static final int PLACING_MASK = (1 << PLACING) - 1;

  /** Bits of the hash that come from the first three values, and from all. */
  private static final int PLACING_BITS = 0b11011011_01101101_10110110_11011011;

  private static final int ALL_BITS = ~PLACING_BITS;

  private final SliceIndex index;
  private final int[] codes = new int[DIMENSIONS];

  /** By dimension and number: the hash of the value. */
  private final int[][] hashes = new int[DIMENSIONS][16];

  private final int[] known = new int[DIMENSIONS];

  SliceHash(SliceIndex index) {
    this.index = index;
  }

  /** The hash of a slice of the index. */
  int of(int slice) {
    index.codes(slice, codes);
    int placing = 0;
    boolean isPlaced = true;
    for (int dimension = 0; dimension < PLACING; dimension++) {
      int code = codes[dimension];
      isPlaced &= code != Dictionary.ROLLED_UP;
      placing = placing * 31 + (code == Dictionary.ROLLED_UP ? 0 : hashOf(dimension, code));
    }
    int others = 0;
    for (int dimension = PLACING; dimension < DIMENSIONS; dimension++) {
      int code = codes[dimension];
      others = others * 31 + (code == Dictionary.ROLLED_UP ? 0 : hashOf(dimension, code));
    }
    return of(placing, others, isPlaced);
  }

  /** The hash of a slice. */
  static int of(Slice slice) {
    int placing = 0;
    int others = 0;
    for (Dimension dimension : Dimension.ALL) {
      String value = slice.get(dimension);
      int hash = value == null ? 0 : value.hashCode();
      if (dimension.ordinal() < PLACING) {
        placing = placing * 31 + hash;
      } else {
        others = others * 31 + hash;
      }
    }
    return of(placing, others, isPlaced(slice.mask()));
  }

  private static int of(int placing, int others, boolean isPlaced) {
    int all = mixed(placing ^ mixed(others));
    return isPlaced ? mixed(placing) & PLACING_BITS | all & ALL_BITS : all;
  }

  private static boolean isPlaced(int mask) {
    return (mask & PLACING_MASK) == PLACING_MASK;
  }

  /**
   * The buckets of a cuboid in which the cells are that a slice covers.
   *
   * @param mask of the cuboid, which has all dimensions of the slice
   */
  static IntStream buckets(Slice wanted, int mask, int level) {
    int hash = of(wanted);
    if (wanted.mask() == mask) {
      return IntStream.of(CellStore.bucketOf(hash, level));
    }
    int free = CellStore.bucketOf(isPlaced(wanted.mask()) ? ALL_BITS : -1, level);
    int fixed = CellStore.bucketOf(hash, level) & ~free;
    return IntStream.range(0, 1 << Integer.bitCount(free))
        .map(i -> fixed | Integer.expand(i, free));
  }

  private int hashOf(int dimension, int code) {
    if (code > known[dimension]) {
      learn(dimension);
    }
    return hashes[dimension][code];
  }

  private void learn(int dimension) {
    Dictionary values = index.values(Dimension.ALL.get(dimension));
    if (values.size() >= hashes[dimension].length) {
      hashes[dimension] = Arrays.copyOf(hashes[dimension], values.size() * 2);
    }
    while (known[dimension] < values.size()) {
      int code = ++known[dimension];
      hashes[dimension][code] = values.value(code).hashCode();
    }
  }

  /** MurmurHash3's finaliser: the lower bits name the bucket. */
  private static int mixed(int hash) {
    int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
    mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
    return mixed ^ mixed >>> 16;
  }
}
