package io.tillwatch.topology.localise;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dimensions vary, which follow from others, and so which cuboids are worth testing.
 *
 * <p>A dimension with one value names nothing. Where one dimension follows from another (a BIN
 * range has one scheme), a cuboid with both holds the same cells as one without the second, so it
 * is left out. What remains is bounded: all cuboids of up to two dimensions, those of three that
 * hold at least two of the first-class ones (PSP, BIN range, region), and together no more cells
 * than allowed.
 */
public final class Axes {

  /** PSP, BIN range and region: what people name a cell by first. */
  static final int FIRST_CLASS =
      1 << Dimension.PSP.ordinal()
          | 1 << Dimension.BIN_RANGE.ordinal()
          | 1 << Dimension.REGION.ordinal();

  private static final int DIMENSIONS_MAX = 3;

  private static final int COUNT = Dimension.ALL.size();

  private final int watched;
  private final List<Set<String>> values = new ArrayList<>();

  /** By determining and determined dimension: value to value; null where it does not follow. */
  private final @Nullable Map<String, String>[][] follows;

  /** Nothing is known yet about these dimensions. */
  public Axes(Set<Dimension> dimensions) {
    int mask = 0;
    for (Dimension dimension : dimensions) {
      mask |= 1 << dimension.ordinal();
    }
    this.watched = mask;
    this.follows = emptyTable();
    for (int a = 0; a < COUNT; a++) {
      values.add(new HashSet<>());
      for (int b = 0; b < COUNT; b++) {
        follows[a][b] = a == b ? null : new HashMap<>();
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
  private static @Nullable Map<String, String>[][] emptyTable() {
    return new Map[COUNT][COUNT];
  }

  /** Takes note of a leaf. */
  public void add(Slice leaf) {
    for (int a = 0; a < COUNT; a++) {
      String value = Objects.requireNonNull(leaf.get(Dimension.ALL.get(a)), "a leaf fixes all");
      values.get(a).add(value);
      for (int b = 0; b < COUNT; b++) {
        Map<String, String> known = follows[a][b];
        if (known != null) {
          String other = Objects.requireNonNull(leaf.get(Dimension.ALL.get(b)), "a leaf fixes all");
          String before = known.putIfAbsent(value, other);
          if (before != null && !before.equals(other)) {
            follows[a][b] = null;
          }
        }
      }
    }
  }

  /**
   * Masks of the cuboids to test, the most wanted first; always the total.
   *
   * @param leavesMax leaves there can be
   * @param cellsMax cells there may be over all cuboids
   */
  public int[] cuboids(int leavesMax, int cellsMax) {
    List<Integer> candidates = new ArrayList<>();
    for (int mask = 1; mask < 1 << COUNT; mask++) {
      if ((mask & ~watched) == 0 && isWanted(mask)) {
        candidates.add(mask);
      }
    }
    candidates.sort(
        Comparator.<Integer>comparingInt(Integer::bitCount)
            .thenComparingInt(Axes::secondClass)
            .thenComparingInt(mask -> mask));
    int[] kept = new int[candidates.size() + 1];
    int count = 1;
    long cells = 1;
    for (int mask : candidates) {
      long more = cellsAtMost(mask, leavesMax);
      if (cells + more <= cellsMax) {
        cells += more;
        kept[count++] = mask;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** How many dimensions of a mask are not first-class. */
  static int secondClass(int mask) {
    return Integer.bitCount(mask & ~FIRST_CLASS);
  }

  private boolean isWanted(int mask) {
    int size = Integer.bitCount(mask);
    if (size > DIMENSIONS_MAX
        || size == DIMENSIONS_MAX && Integer.bitCount(mask & FIRST_CLASS) < DIMENSIONS_MAX - 1) {
      return false;
    }
    for (int d = 0; d < COUNT; d++) {
      if ((mask & 1 << d) != 0 && (values.get(d).size() < 2 || isNamedBetter(d, mask))) {
        return false;
      }
    }
    return true;
  }

  /** Whether this dimension of the mask follows from another one, or is only another name of it. */
  private boolean isNamedBetter(int dimension, int mask) {
    for (int other = 0; other < COUNT; other++) {
      boolean together = (mask & 1 << other) != 0;
      boolean synonym =
          other < dimension && (watched & 1 << other) != 0 && isSynonym(other, dimension);
      if (synonym || together && follows[other][dimension] != null) {
        return true;
      }
    }
    return false;
  }

  private boolean isSynonym(int a, int b) {
    return follows[a][b] != null && follows[b][a] != null;
  }

  private long cellsAtMost(int mask, int leavesMax) {
    long product = 1;
    for (int d = 0; d < COUNT; d++) {
      if ((mask & 1 << d) != 0) {
        product = Math.min(leavesMax, product * values.get(d).size());
      }
    }
    return product;
  }
}
