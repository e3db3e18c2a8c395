package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All cells of one minute, leaves and roll-ups; each cuboid is loaded when it is first touched. */
final class MinuteCells {

  /** The value of a dimension whose own value found no room. */
  static final String OTHER = "other";

  private static final int LEAF = 0;

  private final long minuteMillis;
  private final int[] masks;
  private final CellStore store;
  private final boolean mayBeStored;
  private final @Nullable Cuboid[] cuboids;
  private boolean changed;

  /**
   * @param masks of the cuboids, the leaves' first
   * @param mayBeStored whether the store has to be asked for what is there
   */
  MinuteCells(long minuteMillis, int[] masks, CellStore store, boolean mayBeStored) {
    this.minuteMillis = minuteMillis;
    this.masks = masks;
    this.store = store;
    this.mayBeStored = mayBeStored;
    this.cuboids = new @Nullable Cuboid[masks.length];
  }

  /** Adds a partial to its leaf and to all roll-ups of it; returns the leaf it went to. */
  Slice merge(Slice slice, Tally partial, int leavesMax) {
    Slice leaf = leafFor(slice, leavesMax);
    for (int i = 0; i < masks.length; i++) {
      cuboid(i).merge(minuteMillis, leaf.keep(masks[i]), partial);
    }
    changed = true;
    return leaf;
  }

  /** The slice itself while there is room; then its PSP and region; at last only "other". */
  private Slice leafFor(Slice slice, int leavesMax) {
    Cuboid leaves = cuboid(LEAF);
    if (leaves.size() < leavesMax || leaves.has(slice)) {
      return slice;
    }
    Slice folded = folded(slice, EnumSet.of(Dimension.PSP, Dimension.REGION));
    boolean hasRoom = leaves.size() < 2L * leavesMax || leaves.has(folded);
    return hasRoom ? folded : folded(slice, EnumSet.noneOf(Dimension.class));
  }

  private static Slice folded(Slice slice, Set<Dimension> kept) {
    Slice folded = slice;
    for (Dimension dimension : Dimension.ALL) {
      if (!kept.contains(dimension)) {
        folded = folded.with(dimension, OTHER);
      }
    }
    return folded;
  }

  Map<Slice, Tally> leaves() {
    return cuboid(LEAF).tallies();
  }

  boolean hasLeaf(Slice slice) {
    return cuboid(LEAF).has(slice);
  }

  boolean isChanged() {
    return changed;
  }

  int size() {
    int size = 0;
    for (Cuboid cuboid : cuboids) {
      size += cuboid == null ? 0 : cuboid.size();
    }
    return size;
  }

  /** Writes what changed; returns how many cells that are. */
  int flush() {
    int written = 0;
    for (int i = 0; i < masks.length; i++) {
      Cuboid cuboid = cuboids[i];
      if (cuboid != null) {
        written += cuboid.flush(store, minuteMillis, masks[i]);
      }
    }
    changed = false;
    return written;
  }

  private Cuboid cuboid(int i) {
    Cuboid cuboid = cuboids[i];
    if (cuboid == null) {
      cuboid = new Cuboid(mayBeStored ? store.load(minuteMillis, masks[i]) : List.of());
      cuboids[i] = cuboid;
    }
    return cuboid;
  }
}
