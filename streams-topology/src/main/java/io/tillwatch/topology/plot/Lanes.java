package io.tillwatch.topology.plot;

import java.util.ArrayList;
import java.util.List;

/** Rows for labels: none is written over another. */
final class Lanes {

  private static final double GAP = 2;

  private final List<List<double[]>> taken = new ArrayList<>();

  Lanes(int rows) {
    for (int row = 0; row < rows; row++) {
      taken.add(new ArrayList<>());
    }
  }

  /** Keeps labels of the lowest row away from there. */
  void block(double from, double to) {
    taken.getFirst().add(new double[] {from, to});
  }

  /** The lowest row with room from one place to another, which is then taken; -1 when none has. */
  int take(double from, double to) {
    for (int row = 0; row < taken.size(); row++) {
      if (taken.get(row).stream().allMatch(other -> to + GAP < other[0] || other[1] + GAP < from)) {
        taken.get(row).add(new double[] {from, to});
        return row;
      }
    }
    return -1;
  }
}
