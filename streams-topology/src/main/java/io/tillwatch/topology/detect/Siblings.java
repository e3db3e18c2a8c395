package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Healthy siblings of a burst's first root cell: cells that differ from it in one value and are as
 * expected. They are counter-evidence: the same region on another PSP, the same PSP elsewhere.
 */
final class Siblings {

  private static final int PER_DIMENSION_MAX = 2;
  private static final long EVENTS_MIN = 20;
  private static final double EVIDENCE_MAX = 2;

  private Siblings() {}

  static List<SliceEvidence> healthy(OpenBurst burst, Memory memory, long now) {
    List<SliceEvidence> healthy = new ArrayList<>();
    Slice root = burst.roots.getFirst().slice;
    for (Dimension dimension : root.fixed()) {
      siblings(root, dimension, burst, memory, now).stream()
          .filter(cell -> cell.judged() >= EVENTS_MIN && cell.evidence() <= EVIDENCE_MAX)
          .sorted(Comparator.comparingLong(RootCell::judged).reversed())
          .limit(PER_DIMENSION_MAX)
          .map(RootCell::toAvro)
          .forEach(healthy::add);
    }
    return healthy;
  }

  private static List<RootCell> siblings(
      Slice root, Dimension dimension, OpenBurst burst, Memory memory, long now) {
    Slice shared = withoutDimension(root, dimension);
    @Nullable RootCell[] siblingOfLeaf = siblingsByLeaf(shared, dimension, burst, memory);
    Map<String, RootCell> byValue = new TreeMap<>();
    for (Minute minute : memory.ring.between(burst.onset, now)) {
      for (int row = 0; row < minute.rows(); row++) {
        RootCell sibling = siblingOfLeaf[minute.leaf[row]];
        if (sibling != null) {
          sibling.add(minute, row, memory);
          byValue.putIfAbsent(valueOf(sibling.slice, dimension), sibling);
        }
      }
    }
    return new ArrayList<>(byValue.values());
  }

  /** By leaf: the sibling that it is a part of; null for the burst's own leaves and for others. */
  private static @Nullable RootCell[] siblingsByLeaf(
      Slice shared, Dimension dimension, OpenBurst burst, Memory memory) {
    Map<String, RootCell> byValue = new HashMap<>();
    Leaves leaves = memory.leaves;
    @Nullable RootCell[] siblings = new @Nullable RootCell[leaves.size()];
    for (int leaf = 0; leaf < siblings.length; leaf++) {
      boolean own = memory.claims.holds(burst.slot, leaves.claims[leaf]);
      if (!own && shared.covers(leaves.slice(leaf))) {
        siblings[leaf] =
            byValue.computeIfAbsent(
                valueOf(leaves.slice(leaf), dimension),
                value -> new RootCell(shared.with(dimension, value)));
      }
    }
    return siblings;
  }

  private static String valueOf(Slice slice, Dimension dimension) {
    return Objects.requireNonNull(slice.get(dimension), "a leaf fixes all");
  }

  private static Slice withoutDimension(Slice slice, Dimension dimension) {
    return slice.keep(slice.mask() & ~(1 << dimension.ordinal()));
  }
}
