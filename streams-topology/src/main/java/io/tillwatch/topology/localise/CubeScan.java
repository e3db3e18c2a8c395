package io.tillwatch.topology.localise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the smallest set of cells that explains the failures of a window.
 *
 * <p>Evidence is additive: the log-likelihood ratio of a cell under one alternative is the sum over
 * its leaves, so a leaf with three attempts carries next to none. A cell's score is its best ratio
 * minus the cost of naming it (a minimum description length: the logarithm of how many cells could
 * have been named, and one more for each dimension). The best cell is taken; as long as its parts
 * explain more one by one than it does as a whole, the best part takes its place, so that two bad
 * children of five are not reported as their parent. Its leaves are removed, and the search goes
 * on: simultaneous causes come out one after the other.
 *
 * <p>Work: (alternatives + 1) x active leaves x cuboids additions per cause. Stateless and
 * thread-safe.
 */
public final class CubeScan {

  /** Causes found in one scan of a stream at most; what is left over triggers again. */
  public static final int CAUSES_MAX = 4;

  private static final double WEAKEST_SHARE = 0.1;
  private static final double PARTS_EXPLAIN_MORE = 1.05;
  private static final double NAMING_COST = 0.5;
  private static final double LAYER_COST = 1;
  private static final double SECOND_CLASS_COST = 1.5;
  private static final double CONFIDENCE_MAX = 0.999;

  private final Layout layout;
  private final int causesMax;
  private final double weakestShare;
  private final double[] costs;

  /** A scan over the cells of this layout as it is now. */
  public CubeScan(Layout layout) {
    this(layout, CAUSES_MAX, WEAKEST_SHARE);
  }

  /**
   * A scan over the cells of this layout as it is now.
   *
   * @param causesMax causes found at most
   * @param weakestShare of the first cause's score, below which a further one is not named
   */
  public CubeScan(Layout layout, int causesMax, double weakestShare) {
    this.layout = layout;
    this.causesMax = causesMax;
    this.weakestShare = weakestShare;
    this.costs = new double[layout.cuboids()];
    for (int cuboid = 0; cuboid < costs.length; cuboid++) {
      costs[cuboid] =
          NAMING_COST
              + Math.log(layout.cuboids())
              + Math.log(Math.max(1, layout.cellsIn(cuboid)))
              + LAYER_COST * Math.max(0, layout.layer(cuboid) - 1)
              + SECOND_CLASS_COST * layout.secondClass(layout.mask(cuboid));
    }
  }

  /** The causes, strongest first; none when nothing is worth naming. */
  public List<Cause> causes(Evidence evidence) {
    int[] leaves = evidence.activeLeaves();
    List<Cause> causes = new ArrayList<>();
    while (causes.size() < causesMax && leaves.length > 0) {
      RollUp sums = new RollUp(leaves, evidence);
      int best = sums.best();
      if (best < 0 || sums.score(best) <= 0) {
        break;
      }
      Cause cause = sums.cause(wellNamed(sums.descend(best)));
      if (!causes.isEmpty() && cause.score() < weakestShare * causes.getFirst().score()) {
        break;
      }
      causes.add(cause);
      leaves = Arrays.stream(leaves).filter(leaf -> !layout.holds(cause.cell(), leaf)).toArray();
    }
    return causes;
  }

  /** Among the cells that hold the very same leaves: first-class dimensions, and few of them. */
  private int wellNamed(int cell) {
    int named = cell;
    int[] shared = leavesSharedWith(cell);
    for (int other = 0; other < shared.length; other++) {
      if (isSynonym(cell, other, shared) && nameRank(other) < nameRank(named)) {
        named = other;
      }
    }
    return named;
  }

  private boolean isSynonym(int cell, int other, int[] shared) {
    return shared[other] == layout.leavesIn(cell) && shared[other] == layout.leavesIn(other);
  }

  private long nameRank(int cell) {
    int mask = layout.mask(layout.cuboidOf(cell));
    return ((long) layout.secondClass(mask) << 40) + ((long) Integer.bitCount(mask) << 32) + mask;
  }

  /** By cell: how many leaves it shares with this one. */
  private int[] leavesSharedWith(int cell) {
    int[] shared = new int[layout.cells()];
    int[] held = leavesOf(cell);
    for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
      int[] cells = layout.column(cuboid);
      for (int leaf : held) {
        shared[cells[leaf]]++;
      }
    }
    return shared;
  }

  private int[] leavesOf(int cell) {
    return IntStream.range(0, layout.leaves()).filter(leaf -> layout.holds(cell, leaf)).toArray();
  }

  /** Evidence of all cells from the leaves that are not explained yet. */
  private final class RollUp {

    private final int[] leaves;
    private final int alternatives;
    private final int width;

    /** By cell: the evidence for each alternative, then its active leaves. */
    private final double[] sums;

    RollUp(int[] leaves, Evidence evidence) {
      this.leaves = leaves;
      this.alternatives = evidence.alternatives();
      this.width = alternatives + 1;
      this.sums = new double[layout.cells() * width];
      double[] terms = terms(evidence);
      for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
        int[] cells = layout.column(cuboid);
        for (int active = 0; active < leaves.length; active++) {
          int at = cells[leaves[active]] * width;
          for (int i = 0; i < width; i++) {
            sums[at + i] += terms[active * width + i];
          }
        }
      }
    }

    private double[] terms(Evidence evidence) {
      double[] terms = new double[leaves.length * width];
      for (int active = 0; active < leaves.length; active++) {
        for (int k = 0; k < alternatives; k++) {
          terms[active * width + k] = evidence.ratio(leaves[active], k);
        }
        terms[active * width + alternatives] = 1;
      }
      return terms;
    }

    private boolean isActive(int cell) {
      return sums[cell * width + alternatives] > 0;
    }

    private double evidence(int cell, int shift) {
      return sums[cell * width + shift];
    }

    private int bestShift(int cell) {
      int best = 0;
      for (int k = 1; k < alternatives; k++) {
        if (evidence(cell, k) > evidence(cell, best)) {
          best = k;
        }
      }
      return best;
    }

    private double cost(int cell) {
      return costs[layout.cuboidOf(cell)];
    }

    double score(int cell) {
      return evidence(cell, bestShift(cell)) - cost(cell);
    }

    /** The cell of the highest score; of equal ones the one added first. */
    int best() {
      int best = -1;
      double highest = Double.NEGATIVE_INFINITY;
      for (int cell = 0; cell < layout.cells(); cell++) {
        if (isActive(cell) && score(cell) > highest) {
          highest = score(cell);
          best = cell;
        }
      }
      return best;
    }

    /** The cell, or the part of it that explains more. */
    int descend(int from) {
      int cell = from;
      int shift = bestShift(from);
      while (true) {
        int part = betterPart(cell, shift);
        if (part < 0) {
          return cell;
        }
        cell = part;
      }
    }

    private int betterPart(int cell, int shift) {
      int mask = layout.mask(layout.cuboidOf(cell));
      double most = PARTS_EXPLAIN_MORE * (evidence(cell, shift) - cost(cell));
      int bestPart = -1;
      for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
        int finer = layout.mask(cuboid);
        if (finer != mask && (finer & mask) == mask) {
          Parts parts = parts(cell, cuboid, shift);
          if (parts.sum > most) {
            most = parts.sum;
            bestPart = parts.best;
          }
        }
      }
      return bestPart;
    }

    private Parts parts(int cell, int cuboid, int shift) {
      Parts parts = new Parts();
      boolean[] seen = new boolean[layout.cells()];
      int[] cells = layout.column(cuboid);
      for (int leaf : leaves) {
        int part = cells[leaf];
        if (layout.holds(cell, leaf) && !seen[part]) {
          seen[part] = true;
          parts.add(part, evidence(part, shift) - cost(part));
        }
      }
      return parts;
    }

    Cause cause(int cell) {
      int shift = bestShift(cell);
      double evidence = evidence(cell, shift);
      return new Cause(cell, shift, evidence, evidence - cost(cell), confidence(cell));
    }

    /**
     * Posterior of this cell when exactly one of the cells that share a leaf with it is the cause,
     * the naming costs being the prior. Other names of the same leaves are no rivals.
     */
    private double confidence(int cell) {
      int[] shared = leavesSharedWith(cell);
      double own = score(cell);
      double rivals = 0;
      for (int other = 0; other < shared.length; other++) {
        boolean overlaps = shared[other] > 0 && isActive(other);
        if (overlaps && other != cell && !isSynonym(cell, other, shared)) {
          rivals += Math.exp(Math.min(50, score(other) - own));
        }
      }
      return Math.min(CONFIDENCE_MAX, 1 / (1 + rivals));
    }
  }

  /** Parts of a cell along one cuboid: what they explain together, each at its own cost. */
  private static final class Parts {
    double sum;
    int best = -1;
    double highest;

    void add(int part, double score) {
      if (score > 0) {
        sum += score;
        if (score > highest) {
          highest = score;
          best = part;
        }
      }
    }
  }
}
