package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.Arrays;

/**
 * The hash by which a slice's cell is found on disk: of its values, whatever numbers they have now.
 * Part of the stores' format. Used by one thread.
 */
final class SliceHash {

  private static final int DIMENSIONS = Dimension.ALL.size();

  private final SliceIndex index;

  /** By dimension and number: the hash of the value. */
  private final int[][] hashes = new int[DIMENSIONS][16];

  private final int[] known = new int[DIMENSIONS];

  SliceHash(SliceIndex index) {
    this.index = index;
  }

  /** The hash of a slice of the index. */
  int of(int slice) {
    int hash = 0;
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      int code = index.code(slice, Dimension.ALL.get(dimension));
      hash = hash * 31 + (code == Dictionary.ROLLED_UP ? 0 : hashOf(dimension, code));
    }
    return mixed(hash);
  }

  /** The hash of a slice. */
  static int of(Slice slice) {
    int hash = 0;
    for (Dimension dimension : Dimension.ALL) {
      String value = slice.get(dimension);
      hash = hash * 31 + (value == null ? 0 : value.hashCode());
    }
    return mixed(hash);
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
