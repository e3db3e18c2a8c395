package io.tillwatch.topology.query;

import io.tillwatch.schemas.slice.Dimension;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which stored cuboid answers a query at the least cost. */
final class CuboidChoice {

  private CuboidChoice() {}

  /**
   * The stored cuboid with exactly the dimensions needed, or else the one with the fewest that has
   * them all; among equals the one listed first.
   */
  static Set<Dimension> of(List<Set<Dimension>> stored, Set<Dimension> needed) {
    return stored.stream()
        .filter(cuboid -> cuboid.containsAll(needed))
        .min(Comparator.comparingInt(Set::size))
        .orElseThrow(() -> new IllegalStateException("no stored cuboid has " + needed));
  }
}
