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

  private static final int WIDTH = 4;

  private static final double CAP = 1.5;

  private double budgetMinutes;

  /** The first of {@link #SHIFTS} that is of interest. */
  private final int first;

  private final PerCell sums = new PerCell(WIDTH);

  /** Of one minute: leaves with judged events, and what each adds under each shift. */
  private int[] leaves = {};

  private double[] terms = {};

  /** Of one cuboid: cells with judged events, and what they add under each shift. */
  private int[] touched = {};

  private boolean[] isTouched = {};
  private double[] steps = {};

  /** A cell whose sum has passed its threshold. */
  record Trigger(int cell, double statistic, double threshold) {
    double ratio() {
      return statistic / threshold;
    }
  }

  Cusum(double budgetMinutes, int firstShift) {
    this.budgetMinutes = budgetMinutes;
    this.first = (int) Arrays.stream(SHIFTS).filter(shift -> shift < firstShift).count();
  }

  /** Judges by another budget of false alarms from now on; sums go on. */
  void budget(double minutes) {
    budgetMinutes = minutes;
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
    for (int i = 0; i < WIDTH; i++) {
      most = Math.max(most, sums.get(cell, i));
    }
    return most;
  }

  /**
   * The largest of a cell's sums as they would have been at some time, had they begun with the
   * oldest minute in the ring; without what these claims explain.
   */
  double replay(Memory memory, int cell, LeafSet held, long claims, long until) {
    double most = CAP * threshold(memory.layout, cell);
    double[] run = new double[WIDTH];
    for (Minute minute : memory.ring.between(0, until)) {
      double[] step = new double[WIDTH];
      int[] rows = new int[Math.min(held.size(), minute.rows())];
      int count = minute.rowsOf(held, rows);
      for (int i = 0; i < count; i++) {
        int leaf = minute.leaf[rows[i]];
        if (!memory.claims.covers(memory.leaves.claims[leaf] & claims, minute.at)) {
          int judged = minute.judged(rows[i]);
          double weight = memory.baseline.effective(judged);
          for (int k = 0; k < WIDTH; k++) {
            double slope = memory.leaves.slope(leaf, SHIFTS[k]);
            double ratio = Shift.theta(SHIFTS[k]) * minute.failures(rows[i]) + slope * judged;
            step[k] += weight * ratio;
          }
        }
      }
      for (int k = 0; k < WIDTH; k++) {
        run[k] = Math.clamp(run[k] + step[k], 0, most);
      }
    }
    return Arrays.stream(run).max().orElse(0);
  }

  /**
   * Adds one minute.
   *
   * @param shifts by open claim: what its burst adds to the logit of the leaves it holds
   * @return the cells that had traffic and are above their thresholds, the clearest first
   */
  List<Trigger> add(Minute minute, Memory memory, double[] shifts) {
    return rollUp(minute, memory, shifts, this::apply);
  }

  /**
   * The cells that would be this many times above their thresholds if a minute were over that is
   * not; their sums stay as they are.
   */
  List<Trigger> look(CountedRows minute, Memory memory, double[] shifts, double strength) {
    return rollUp(
        minute,
        memory,
        shifts,
        (threshold, cells, triggers) -> compare(threshold, cells, strength, triggers));
  }

  /** What is done with the steps of the touched cells of one cuboid; clears them. */
  @FunctionalInterface
  private interface Steps {
    void take(double threshold, int cells, List<Trigger> triggers);
  }

  /** Adds a minute up, cuboid by cuboid; the triggers, the clearest first. */
  private List<Trigger> rollUp(
      CountedRows minute, Memory memory, double[] shifts, Steps touchedCells) {
    Layout layout = memory.layout;
    int rows = gather(minute, memory, shifts);
    List<Trigger> triggers = new ArrayList<>();
    for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
      int cells = rollUp(layout.column(cuboid), rows);
      touchedCells.take(thresholdOfCuboid(layout, cuboid), cells, triggers);
    }
    triggers.sort(
        Comparator.comparingDouble(Trigger::ratio).reversed().thenComparingInt(Trigger::cell));
    return triggers;
  }

  /** Reads what a minute's rows add; how many of them were judged. */
  private int gather(CountedRows minute, Memory memory, double[] shifts) {
    sums.fit(memory.layout);
    reserve(minute.rows(), memory.layout.cells());
    int rows = 0;
    for (int row = 0; row < minute.rows(); row++) {
      if (minute.judged(row) > 0) {
        leaves[rows] = minute.leaf(row);
        evidence(minute, row, memory, shifts, rows++ * WIDTH);
      }
    }
    return rows;
  }

  private void reserve(int rows, int cells) {
    if (rows > leaves.length) {
      leaves = new int[rows * 3 / 2];
      terms = new double[leaves.length * WIDTH];
      touched = new int[leaves.length];
    }
    if (cells > isTouched.length) {
      isTouched = new boolean[cells * 3 / 2];
      steps = new double[isTouched.length * WIDTH];
    }
  }

  private void evidence(CountedRows minute, int row, Memory memory, double[] shifts, int at) {
    Leaves watched = memory.leaves;
    int leaf = minute.leaf(row);
    int judged = minute.judged(row);
    int failures = minute.failures(row);
    double weight = memory.baseline.effective(judged);
    int slot = memory.claims.firstOpen(watched.claims[leaf]);
    double q = slot < 0 ? 0 : Shift.shifted(watched.expected[leaf], shifts[slot]);
    for (int i = 0; i < WIDTH; i++) {
      double slope = slot < 0 ? watched.slope(leaf, SHIFTS[i]) : Shift.slope(q, SHIFTS[i]);
      terms[at + i] = weight * (Shift.theta(SHIFTS[i]) * failures + slope * judged);
    }
  }

  /** Adds the terms of all rows to the cells of one cuboid; how many cells that touched. */
  private int rollUp(int[] cells, int rows) {
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int cell = cells[leaves[row]];
      if (!isTouched[cell]) {
        isTouched[cell] = true;
        touched[count++] = cell;
      }
      int to = cell * WIDTH;
      int from = row * WIDTH;
      // Written out: this is where a busy minute spends its time.
      steps[to] += terms[from];
      steps[to + 1] += terms[from + 1];
      steps[to + 2] += terms[from + 2];
      steps[to + 3] += terms[from + 3];
    }
    return count;
  }

  /** Takes the steps of the touched cells into their sums, and clears them. */
  private void apply(double threshold, int cells, List<Trigger> triggers) {
    double most = CAP * threshold;
    for (int i = 0; i < cells; i++) {
      int cell = touched[i];
      double largest = 0;
      for (int k = 0; k < WIDTH; k++) {
        int at = cell * WIDTH + k;
        if (k >= first) {
          sums.set(cell, k, Math.clamp(sums.get(cell, k) + steps[at], 0, most));
          largest = Math.max(largest, sums.get(cell, k));
        }
        steps[at] = 0;
      }
      isTouched[cell] = false;
      if (largest > threshold) {
        triggers.add(new Trigger(cell, largest, threshold));
      }
    }
  }

  /** Clears the steps of the touched cells; tells those that would lift a cell far enough. */
  private void compare(double threshold, int cells, double strength, List<Trigger> triggers) {
    for (int i = 0; i < cells; i++) {
      int cell = touched[i];
      double largest = 0;
      for (int k = 0; k < WIDTH; k++) {
        int at = cell * WIDTH + k;
        if (k >= first) {
          largest = Math.max(largest, sums.get(cell, k) + steps[at]);
        }
        steps[at] = 0;
      }
      isTouched[cell] = false;
      if (largest > strength * threshold) {
        triggers.add(new Trigger(cell, largest, threshold));
      }
    }
  }

  /** Starts all cells over that hold one of the leaves of a claim. */
  void startOver(Layout layout, Leaves watched, Claims.Claim claim) {
    sums.fit(layout);
    for (int leaf = 0; leaf < watched.size(); leaf++) {
      if (claim.holds(watched.slice(leaf))) {
        for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
          sums.clear(layout.column(cuboid)[leaf]);
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
