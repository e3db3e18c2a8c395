package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
    Map<String, RootCell> byValue = new TreeMap<>();
    for (Minute minute : memory.ring.between(burst.onset, now)) {
      for (int row = 0; row < minute.rows(); row++) {
        Slice leaf = memory.leaves.slice(minute.leaf[row]);
        boolean own = memory.claims.holds(burst.slot, memory.leaves.claims[minute.leaf[row]]);
        if (!own && shared.covers(leaf)) {
          String value = Objects.requireNonNull(leaf.get(dimension), "a leaf fixes all");
          byValue
              .computeIfAbsent(value, v -> new RootCell(shared.with(dimension, v)))
              .add(minute, row, memory);
        }
      }
    }
    return new ArrayList<>(byValue.values());
  }

  private static Slice withoutDimension(Slice slice, Dimension dimension) {
    return slice.keep(slice.mask() & ~(1 << dimension.ordinal()));
  }
}
