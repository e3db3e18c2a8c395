package io.tillwatch.topology.localise;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cells that leaves roll up to, numbered from 0 in the order in which leaves were added.
 *
 * <p>The same leaves in the same order give the same numbers: what is kept per cell can be stored
 * as a plain array. A cell is looked up by its parent's number and that of the one value it fixes
 * besides, which is cheaper than by its name. Not thread-safe.
 */
public final class Layout {

  private static final int LEAVES_MIN = 64;
  private static final int NONE = -1;

  private final int firstClass;
  private final int[] masks;

  /** By cuboid: an earlier one that fixes all of its dimensions but one; {@link #NONE} for none. */
  private final int[] parents;

  /** By cuboid with a parent: the dimension that it fixes besides. */
  private final int[] dimensions;

  /** By dimension: numbers of its values. */
  private final List<Map<String, Integer>> values = new ArrayList<>();

  /** By cuboid with a parent: cells by {@link #key}. */
  private final List<Map<Long, Integer>> children = new ArrayList<>();

  /** By cuboid without a parent: cells by name. */
  private final List<Map<Slice, Integer>> orphans = new ArrayList<>();

  private final int[] cellsInCuboid;

  /** By cuboid and leaf: the cell. */
  private final int[][] columns;

  private int leaves;
  private final List<Slice> slices = new ArrayList<>();
  private int[] cuboidOfCell = new int[64];
  private int[] leavesInCell = new int[64];

  /** A layout of these cuboids, without leaves; the first cuboid is the total. */
  public Layout(int... masks) {
    this(Axes.FIRST_CLASS, masks);
  }

  /** The same where no dimension is more worth naming than another. */
  public static Layout withoutFirstClass(int... masks) {
    return new Layout(-1, masks);
  }

  private Layout(int firstClass, int[] masks) {
    this.firstClass = firstClass;
    if (masks.length == 0 || masks[0] != 0) {
      throw new IllegalArgumentException(
          "cuboids %s, expected the total (0) first".formatted(Arrays.toString(masks)));
    }
    this.masks = masks.clone();
    this.columns = new int[masks.length][LEAVES_MIN];
    this.cellsInCuboid = new int[masks.length];
    this.parents = new int[masks.length];
    this.dimensions = new int[masks.length];
    for (int cuboid = 0; cuboid < masks.length; cuboid++) {
      parents[cuboid] = parentOf(cuboid);
      int more = parents[cuboid] == NONE ? 0 : masks[cuboid] & ~masks[parents[cuboid]];
      dimensions[cuboid] = Integer.numberOfTrailingZeros(more);
      children.add(new HashMap<>());
      orphans.add(new HashMap<>());
    }
    Dimension.ALL.forEach(dimension -> values.add(new HashMap<>()));
  }

  private int parentOf(int cuboid) {
    for (int earlier = 0; earlier < cuboid; earlier++) {
      boolean isWithin = (masks[earlier] & ~masks[cuboid]) == 0;
      if (isWithin && Integer.bitCount(masks[cuboid] & ~masks[earlier]) == 1) {
        return earlier;
      }
    }
    return NONE;
  }

  private static long key(int parent, int value) {
    return (long) parent << Integer.SIZE | value;
  }

  /** Adds the next leaf, and the cells that it is the first one of. */
  public void add(Slice leaf) {
    int index = leaves++;
    for (int cuboid = 0; cuboid < masks.length; cuboid++) {
      if (index == columns[cuboid].length) {
        columns[cuboid] = Arrays.copyOf(columns[cuboid], index * 3 / 2);
      }
      int cell = parents[cuboid] == NONE ? orphan(cuboid, leaf) : child(cuboid, leaf, index);
      leavesInCell[cell]++;
      columns[cuboid][index] = cell;
    }
  }

  private int orphan(int cuboid, Slice leaf) {
    return orphans
        .get(cuboid)
        .computeIfAbsent(leaf.keep(masks[cuboid]), slice -> addCell(cuboid, leaf));
  }

  private int child(int cuboid, Slice leaf, int index) {
    Map<String, Integer> known = values.get(dimensions[cuboid]);
    String value = Objects.requireNonNull(value(cuboid, leaf), "a leaf fixes all");
    int number = known.computeIfAbsent(value, added -> known.size());
    return children
        .get(cuboid)
        .computeIfAbsent(
            key(columns[parents[cuboid]][index], number), added -> addCell(cuboid, leaf));
  }

  private @Nullable String value(int cuboid, Slice of) {
    return of.get(Dimension.ALL.get(dimensions[cuboid]));
  }

  private int addCell(int cuboid, Slice leaf) {
    int cell = slices.size();
    slices.add(leaf.keep(masks[cuboid]));
    cellsInCuboid[cuboid]++;
    if (cell == cuboidOfCell.length) {
      cuboidOfCell = Arrays.copyOf(cuboidOfCell, cell * 2);
      leavesInCell = Arrays.copyOf(leavesInCell, cell * 2);
    }
    cuboidOfCell[cell] = cuboid;
    return cell;
  }

  /** Leaves added. */
  public int leaves() {
    return leaves;
  }

  /** Number of cuboids, the total included. */
  public int cuboids() {
    return masks.length;
  }

  /** Number of cells over all cuboids. */
  public int cells() {
    return slices.size();
  }

  /** Masks of the cuboids. */
  public int[] masks() {
    return masks.clone();
  }

  /** Fixed dimensions of a cuboid as bits. */
  public int mask(int cuboid) {
    return masks[cuboid];
  }

  /**
   * Share of attention a cuboid gets, all together 1: half goes to those that are named by
   * first-class dimensions alone, where most things happen; the rest share the other half.
   */
  public double share(int cuboid) {
    int like = 0;
    boolean firstClass = secondClass(masks[cuboid]) == 0;
    for (int mask : masks) {
      like += firstClass == (secondClass(mask) == 0) ? 1 : 0;
    }
    return like == masks.length ? 1.0 / like : .5 / like;
  }

  /** How many dimensions of a mask are not first-class. */
  int secondClass(int mask) {
    return Integer.bitCount(mask & ~firstClass);
  }

  /** How many dimensions a cuboid fixes. */
  public int layer(int cuboid) {
    return Integer.bitCount(masks[cuboid]);
  }

  /** Number of cells of a cuboid. */
  public int cellsIn(int cuboid) {
    return cellsInCuboid[cuboid];
  }

  /**
   * The cell of each leaf in one cuboid, by leaf; not to be changed, longer than needed, and valid
   * until the next leaf is added. What is added up cuboid by cuboid meets the leaves of each cell
   * in the same order as leaf by leaf, and stays in the processor's cache.
   */
  public int[] column(int cuboid) {
    return columns[cuboid];
  }

  /** The cuboid that a cell belongs to. */
  public int cuboidOf(int cell) {
    return cuboidOfCell[cell];
  }

  /** How many leaves a cell holds. */
  public int leavesIn(int cell) {
    return leavesInCell[cell];
  }

  /** Whether a cell holds a leaf. */
  public boolean holds(int cell, int leaf) {
    return columns[cuboidOfCell[cell]][leaf] == cell;
  }

  /** The name of a cell. */
  public Slice slice(int cell) {
    return slices.get(cell);
  }

  /** The cell of that name; -1 when there is none. */
  public int find(Slice slice) {
    for (int cuboid = 0; cuboid < masks.length; cuboid++) {
      if (masks[cuboid] == slice.mask()) {
        return find(cuboid, slice);
      }
    }
    return NONE;
  }

  private int find(int cuboid, Slice slice) {
    if (parents[cuboid] == NONE) {
      return orphans.get(cuboid).getOrDefault(slice.keep(masks[cuboid]), NONE);
    }
    int parent = find(parents[cuboid], slice);
    Integer value = values.get(dimensions[cuboid]).get(value(cuboid, slice));
    return parent == NONE || value == null
        ? NONE
        : children.get(cuboid).getOrDefault(key(parent, value), NONE);
  }
}
