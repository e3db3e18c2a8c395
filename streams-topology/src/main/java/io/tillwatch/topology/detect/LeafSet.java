package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Layout;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Some of the watched leaves, as long as no leaf joins or is forgotten. */
final class LeafSet {

  private final boolean[] held;
  private final int[] leaves;

  private LeafSet(int size, IntPredicate holds) {
    this.held = new boolean[size];
    int[] found = new int[size];
    int count = 0;
    for (int leaf = 0; leaf < size; leaf++) {
      if (holds.test(leaf)) {
        held[leaf] = true;
        found[count++] = leaf;
      }
    }
    this.leaves = Arrays.copyOf(found, count);
  }

  /** The leaves of a cell. */
  static LeafSet ofCell(Layout layout, int cell) {
    int[] cells = layout.column(layout.cuboidOf(cell));
    return new LeafSet(layout.leaves(), leaf -> cells[leaf] == cell);
  }

  /** The leaves under a slice, whether or not it is tested. */
  static LeafSet coveredBy(Slice slice, Leaves leaves) {
    return new LeafSet(leaves.size(), leaf -> slice.covers(leaves.slice(leaf)));
  }

  /** The leaves that the burst of a slot claims. */
  static LeafSet claimed(Claims claims, int slot, Leaves leaves) {
    return new LeafSet(leaves.size(), leaf -> claims.holds(slot, leaves.claims[leaf]));
  }

  int size() {
    return leaves.length;
  }

  /** The leaf number i, ascending. */
  int leaf(int i) {
    return leaves[i];
  }

  boolean holds(int leaf) {
    return held[leaf];
  }
}
