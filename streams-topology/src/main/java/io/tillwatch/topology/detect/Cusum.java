package io.tillwatch.topology.detect;

import io.tillwatch.topology.localise.Layout;
import io.tillwatch.topology.localise.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where to look: for each cell and a few shifts, a cumulative sum of log-likelihood ratios (Page's
 * test) that starts over at zero.
 *
 * <p>Such a sum passes ln(A) by chance at most once in about A minutes. The budget of false
 * triggers is shared between the cuboids ({@link Layout#share}), and in a cuboid equally between
 * its cells: {@code h = ln(budget) - ln(share of the cuboid) + ln(cells in the cuboid)}. Sums stop
 * at {@link #CAP} times their threshold, so that they fall back quickly.
 *
 * <ol>
 *   <li>Page: <i>Continuous inspection schemes</i>, Biometrika 41 (1954).
 *   <li>Lorden: <i>Procedures for reacting to a change in distribution</i>, Ann. Math. Stat. 42
 *       (1971).
 * </ol>
 */
final class Cusum {

  /** Shifts that sums are kept for. */
  private static final int[] SHIFTS = {1, 3, 5, 8};

  private static final double CAP = 1.5;

  private final double budgetMinutes;
  private final PerCell sums = new PerCell(SHIFTS.length);

  /** A cell whose sum has passed its threshold. */
  record Trigger(int cell, double statistic, double threshold) {
    double ratio() {
      return statistic / threshold;
    }
  }

  Cusum(double budgetMinutes) {
    this.budgetMinutes = budgetMinutes;
  }

  /** What a cell's sum has to exceed. */
  double threshold(Layout layout, int cell) {
    return thresholdOfCuboid(layout, layout.cuboidOf(cell));
  }

  private double thresholdOfCuboid(Layout layout, int cuboid) {
    return Math.log(budgetMinutes)
        - Math.log(layout.share(cuboid))
        + Math.log(Math.max(1, layout.cellsIn(cuboid)));
  }

  /** The largest of a cell's sums. */
  double statistic(Layout layout, int cell) {
    sums.fit(layout);
    double most = 0;
    for (int i = 0; i < SHIFTS.length; i++) {
      most = Math.max(most, sums.get(cell, i));
    }
    return most;
  }

  /**
   * Adds one minute.
   *
   * @param shifts by open claim: what its burst adds to the logit of the leaves it holds
   * @return the cells that had traffic and are above their thresholds, the clearest first
   */
  List<Trigger> add(Minute minute, Memory memory, double[] shifts) {
    Layout layout = memory.layout;
    sums.fit(layout);
    double[] steps = new double[layout.cells() * SHIFTS.length];
    int[] touched = new int[layout.cells()];
    boolean[] seen = new boolean[layout.cells()];
    int count = 0;
    double[] terms = new double[SHIFTS.length];
    for (int row = 0; row < minute.rows(); row++) {
      if (minute.judged[row] == 0) {
        continue;
      }
      evidence(minute, row, memory, shifts, terms);
      for (int cell : layout.cellsOf(minute.leaf[row])) {
        if (!seen[cell]) {
          seen[cell] = true;
          touched[count++] = cell;
        }
        for (int i = 0; i < terms.length; i++) {
          steps[cell * terms.length + i] += terms[i];
        }
      }
    }
    return apply(layout, steps, Arrays.copyOf(touched, count));
  }

  private static void evidence(
      Minute minute, int row, Memory memory, double[] shifts, double[] terms) {
    Leaves leaves = memory.leaves;
    int leaf = minute.leaf[row];
    double weight = memory.baseline.effective(minute.judged[row]);
    int slot = memory.claims.firstOpen(leaves.claims[leaf]);
    double q = slot < 0 ? 0 : Shift.shifted(leaves.expected[leaf], shifts[slot]);
    for (int i = 0; i < terms.length; i++) {
      double slope = slot < 0 ? leaves.slope(leaf, SHIFTS[i]) : Shift.slope(q, SHIFTS[i]);
      terms[i] =
          weight * (Shift.theta(SHIFTS[i]) * minute.failures[row] + slope * minute.judged[row]);
    }
  }

  private List<Trigger> apply(Layout layout, double[] steps, int[] touched) {
    double[] thresholds = new double[layout.cuboids()];
    for (int cuboid = 0; cuboid < thresholds.length; cuboid++) {
      thresholds[cuboid] = thresholdOfCuboid(layout, cuboid);
    }
    List<Trigger> triggers = new ArrayList<>();
    for (int cell : touched) {
      double threshold = thresholds[layout.cuboidOf(cell)];
      double most = 0;
      for (int i = 0; i < SHIFTS.length; i++) {
        double sum = sums.get(cell, i) + steps[cell * SHIFTS.length + i];
        sums.set(cell, i, Math.clamp(sum, 0, CAP * threshold));
        most = Math.max(most, sums.get(cell, i));
      }
      if (most > threshold) {
        triggers.add(new Trigger(cell, most, threshold));
      }
    }
    triggers.sort(
        Comparator.comparingDouble(Trigger::ratio).reversed().thenComparingInt(Trigger::cell));
    return triggers;
  }

  /** Starts all cells over that hold one of the leaves of a claim. */
  void startOver(Layout layout, Leaves leaves, Claims.Claim claim) {
    sums.fit(layout);
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      if (claim.holds(leaves.slice(leaf))) {
        for (int cell : layout.cellsOf(leaf)) {
          sums.clear(cell);
        }
      }
    }
  }

  void carry(Layout from, Layout to) {
    sums.fit(from);
    sums.carry(from, to);
  }

  void write(BytesOut out, Layout layout) {
    sums.fit(layout);
    sums.write(out, layout);
  }

  void read(BytesIn in) {
    sums.read(in);
  }
}
