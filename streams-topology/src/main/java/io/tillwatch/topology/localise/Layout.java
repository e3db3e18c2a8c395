package io.tillwatch.topology.localise;

import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells that leaves roll up to, numbered from 0 in the order in which leaves were added.
 *
 * <p>The same leaves in the same order give the same numbers: what is kept per cell can be stored
 * as a plain array. Not thread-safe.
 */
public final class Layout {

  private static final int LEAVES_MIN = 64;

  private final int firstClass;
  private final int[] masks;
  private final List<Map<Slice, Integer>> numbers = new ArrayList<>();

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
    for (int i = 0; i < masks.length; i++) {
      numbers.add(new HashMap<>());
    }
  }

  /** Adds the next leaf, and the cells that it is the first one of. */
  public void add(Slice leaf) {
    int index = leaves++;
    for (int cuboid = 0; cuboid < masks.length; cuboid++) {
      if (index == columns[cuboid].length) {
        columns[cuboid] = Arrays.copyOf(columns[cuboid], index * 3 / 2);
      }
      Slice slice = leaf.keep(masks[cuboid]);
      Integer known = numbers.get(cuboid).get(slice);
      int cell = known == null ? addCell(cuboid, slice) : known;
      leavesInCell[cell]++;
      columns[cuboid][index] = cell;
    }
  }

  private int addCell(int cuboid, Slice slice) {
    int cell = slices.size();
    slices.add(slice);
    numbers.get(cuboid).put(slice, cell);
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
    return numbers.get(cuboid).size();
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
        return numbers.get(cuboid).getOrDefault(slice, -1);
      }
    }
    return -1;
  }
}
