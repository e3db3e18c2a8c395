package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rolls leaves up to coarser ones that fix only some dimensions, and numbers those from 0. */
final class Projection {

  private final Set<Dimension> dimensions;
  private final Map<Slice, Integer> numbers = new HashMap<>();
  private final List<Slice> leaves = new ArrayList<>();

  /** By the number that a leaf has in the minutes: that of its coarse leaf plus one; 0 unknown. */
  private int[] numberOfNumbered = {};

  private long epoch;

  Projection(Set<Dimension> dimensions) {
    this.dimensions = dimensions;
  }

  /** Starts the numbers over. */
  void clear() {
    numbers.clear();
    leaves.clear();
    Arrays.fill(numberOfNumbered, 0);
  }

  /** Coarse leaves known. */
  int size() {
    return leaves.size();
  }

  /** The name of a coarse leaf: what is rolled up is "none", as a leaf fixes all. */
  Slice leaf(int number) {
    return leaves.get(number);
  }

  /** From now on minutes number their leaves in this way. */
  void numberedAs(long minutesEpoch) {
    if (epoch != minutesEpoch) {
      epoch = minutesEpoch;
      Arrays.fill(numberOfNumbered, 0);
    }
  }

  /** The number of the coarse leaf that a row belongs to. */
  int numberOf(MinuteLeaves minute, int row) {
    int number = minute.number(row);
    if (number < 0) {
      return numberOf(minute.slice(row));
    }
    if (number >= numberOfNumbered.length) {
      numberOfNumbered = Arrays.copyOf(numberOfNumbered, (number + 1) * 3 / 2);
    }
    if (numberOfNumbered[number] == 0) {
      numberOfNumbered[number] = numberOf(minute.slice(row)) + 1;
    }
    return numberOfNumbered[number] - 1;
  }

  private int numberOf(Slice leaf) {
    Slice coarse = leaf.keep(dimensions);
    Integer known = numbers.get(coarse);
    if (known != null) {
      return known;
    }
    int number = leaves.size();
    numbers.put(coarse, number);
    leaves.add(Slice.leaf(Dimension.ALL.stream().map(coarse::get).toArray(String[]::new)));
    return number;
  }
}
