package io.tillwatch.topology.localise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the smallest set of cells that explains the failures of a window.
 *
 * <p>Evidence is additive: the log-likelihood ratio of a cell under one alternative is the sum over
 * its leaves, so a leaf with three attempts carries next to none. A cell's score is its best ratio
 * minus the cost of naming it (a minimum description length: the logarithm of how many cells could
 * have been named, and what more dimensions cost). The best cell that is whole is taken: one whose
 * parts do not explain more one by one than it does at once, so that two bad children of five are
 * not reported as their parent, and two causes that cross not as the total. Its leaves are removed,
 * and the search goes on: simultaneous causes come out one after the other. At last the search is
 * done once more without the first of them; what it finds is the answer if it explains clearly
 * more.
 *
 * <p>Work: (alternatives + 1) x active leaves x cuboids additions, and as many again to take off
 * what is explained; a look at the scores of all cells per cause. Stateless and thread-safe.
 */
public final class CubeScan {

  /** Causes found in one scan of a stream at most; what is left over triggers again. */
  public static final int CAUSES_MAX = 4;

  private static final int AMOUNT_CAUSES_MAX = 12;
  private static final double WEAKEST_SHARE = 0.1;
  private static final double PARTS_EXPLAIN_MORE = 1.05;
  private static final double OTHERS_EXPLAIN_MORE = 1.1;
  private static final double NAMING_COST = 0.5;
  private static final double LAYER_COST = 1;
  private static final double SECOND_CLASS_COST = 1.5;
  private static final double CONFIDENCE_MAX = 0.999;

  /** Cells that are examined for being whole, best first; when none of them is, none is named. */
  private static final int LOOKS_MAX = 1_000;

  private static final int NONE = -1;

  private final Layout layout;
  private final int causesMax;
  private final double weakestShare;
  private final double[] costs;

  /**
   * A scan for what is behind a rate, over the cells of this layout as it is now: few dimensions
   * are more likely than many.
   */
  public CubeScan(Layout layout) {
    this(layout, CAUSES_MAX, WEAKEST_SHARE, rateCosts(layout));
  }

  private CubeScan(Layout layout, int causesMax, double weakestShare, double[] costs) {
    this.layout = layout;
    this.causesMax = causesMax;
    this.weakestShare = weakestShare;
    this.costs = costs;
  }

  /**
   * A scan for what is behind an amount: any number of dimensions is as likely as another, as each
   * leaf alone can say enough, and up to twelve causes are named however unlike in strength, as a
   * leaf speaks as loud as others whatever its amount.
   */
  public static CubeScan ofAmounts(Layout layout) {
    return new CubeScan(layout, AMOUNT_CAUSES_MAX, 0, amountCosts(layout));
  }

  private static double[] rateCosts(Layout layout) {
    double[] costs = new double[layout.cuboids()];
    for (int cuboid = 0; cuboid < costs.length; cuboid++) {
      costs[cuboid] =
          NAMING_COST
              + Math.log(layout.cuboids())
              + Math.log(Math.max(1, layout.cellsIn(cuboid)))
              + LAYER_COST * Math.max(0, layout.layer(cuboid) - 1)
              + SECOND_CLASS_COST * layout.secondClass(layout.mask(cuboid));
    }
    return costs;
  }

  private static double[] amountCosts(Layout layout) {
    int[] cuboidsOf = new int[Integer.SIZE];
    int layers = 1;
    for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
      cuboidsOf[layout.layer(cuboid)]++;
      layers = Math.max(layers, layout.layer(cuboid));
    }
    double[] costs = new double[layout.cuboids()];
    for (int cuboid = 0; cuboid < costs.length; cuboid++) {
      costs[cuboid] =
          NAMING_COST
              + Math.log(layers)
              + Math.log(cuboidsOf[layout.layer(cuboid)])
              + Math.log(Math.max(1, layout.cellsIn(cuboid)));
    }
    return costs;
  }

  /** The causes, strongest first; none when nothing is worth naming. */
  public List<Cause> causes(Evidence evidence) {
    return causes(evidence, 0);
  }

  /**
   * The same, or none at once when they cannot explain more than something else does already.
   *
   * @param explained sum of the scores of what is known so far
   */
  public List<Cause> causes(Evidence evidence, double explained) {
    double[] terms = terms(evidence);
    double atMost = explainedAtMost(terms, evidence.alternatives() + 1);
    if (atMost <= explained) {
      return List.of();
    }
    RollUp all = new RollUp(evidence, terms);
    List<Cause> causes = search(all, NONE);
    double enough = OTHERS_EXPLAIN_MORE * explained(causes);
    if (causes.isEmpty() || atMost <= enough) {
      return causes;
    }
    List<Cause> others = search(all, causes.getFirst().cell());
    return explained(others) > enough ? others : causes;
  }

  private static double explained(List<Cause> causes) {
    return causes.stream().mapToDouble(Cause::score).sum();
  }

  private List<Cause> search(RollUp all, int avoided) {
    List<Cause> causes = new ArrayList<>();
    RollUp sums = all;
    while (causes.size() < causesMax && sums.leaves.length > 0) {
      int best = sums.bestWhole(avoided);
      if (best == NONE) {
        break;
      }
      Cause cause = sums.cause(wellNamed(best));
      if (!causes.isEmpty() && cause.score() < weakestShare * causes.getFirst().score()) {
        break;
      }
      causes.add(cause);
      if (causes.size() < causesMax) {
        sums = sums.without(cause.cell());
      }
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
    int[] held = new int[layout.leavesIn(cell)];
    int count = 0;
    for (int leaf = 0; count < held.length; leaf++) {
      if (layout.holds(cell, leaf)) {
        held[count++] = leaf;
      }
    }
    return held;
  }

  /** Evidence of all cells from the leaves that are not explained yet. */
  private final class RollUp {

    private final int[] leaves;
    private final int alternatives;
    private final int width;

    /** By active leaf: what it says for each alternative, then 1. */
    private final double[] terms;

    /** By cell: the evidence for each alternative, then its active leaves. */
    private final double[] sums;

    RollUp(Evidence evidence, double[] terms) {
      this.leaves = evidence.activeLeaves();
      this.alternatives = evidence.alternatives();
      this.width = alternatives + 1;
      this.terms = terms;
      this.sums = new double[layout.cells() * width];
      addUp(leaves, terms, 1);
    }

    private RollUp(RollUp from, int[] leaves, double[] terms) {
      this.leaves = leaves;
      this.alternatives = from.alternatives;
      this.width = from.width;
      this.terms = terms;
      this.sums = from.sums.clone();
    }

    private void addUp(int[] added, double[] addedTerms, int sign) {
      for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
        int[] cells = layout.column(cuboid);
        for (int active = 0; active < added.length; active++) {
          int at = cells[added[active]] * width;
          for (int i = 0; i < width; i++) {
            sums[at + i] += sign * addedTerms[active * width + i];
          }
        }
      }
    }

    /** The same without the leaves of a cell, which are taken off the sums. */
    RollUp without(int cell) {
      int goes = 0;
      for (int leaf : leaves) {
        goes += layout.holds(cell, leaf) ? 1 : 0;
      }
      int[] gone = new int[goes];
      int[] kept = new int[leaves.length - goes];
      double[] goneTerms = new double[gone.length * width];
      double[] keptTerms = new double[kept.length * width];
      goes = 0;
      for (int at = 0; at < leaves.length; at++) {
        boolean isGone = layout.holds(cell, leaves[at]);
        int to = isGone ? goes++ : at - goes;
        (isGone ? gone : kept)[to] = leaves[at];
        System.arraycopy(terms, at * width, isGone ? goneTerms : keptTerms, to * width, width);
      }
      RollUp left = new RollUp(this, kept, keptTerms);
      left.addUp(gone, goneTerms, -1);
      return left;
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

    /**
     * The whole cell of the highest score above 0, of equal ones the one added first; {@link #NONE}
     * when there is none.
     */
    int bestWhole(int avoided) {
      double[] scores = new double[layout.cells()];
      for (int cell = 0; cell < scores.length; cell++) {
        scores[cell] = isActive(cell) && cell != avoided ? score(cell) : 0;
      }
      int[] seenBy = new int[layout.cells()];
      for (int look = 1; look <= LOOKS_MAX; look++) {
        int best = 0;
        for (int cell = 1; cell < scores.length; cell++) {
          if (scores[cell] > scores[best]) {
            best = cell;
          }
        }
        if (scores[best] <= 0) {
          return NONE;
        }
        if (isWhole(best, seenBy, look * layout.cuboids())) {
          return best;
        }
        scores[best] = 0;
      }
      return NONE;
    }

    /**
     * Whether no finer cuboid explains more of a cell part by part, each part at its own cost, than
     * the cell does at once.
     *
     * @param seenBy by cell, the last stamp it was met with
     * @param stamp the first of as many as there are cuboids that were not used yet
     */
    private boolean isWhole(int cell, int[] seenBy, int stamp) {
      int mask = layout.mask(layout.cuboidOf(cell));
      int shift = bestShift(cell);
      double most = PARTS_EXPLAIN_MORE * (evidence(cell, shift) - cost(cell));
      int[] held = activeLeavesOf(cell);
      for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
        int finer = layout.mask(cuboid);
        if (finer != mask && (finer & mask) == mask) {
          int[] cells = layout.column(cuboid);
          double sum = 0;
          for (int leaf : held) {
            int part = cells[leaf];
            if (seenBy[part] != stamp + cuboid) {
              seenBy[part] = stamp + cuboid;
              sum += Math.max(0, evidence(part, shift) - cost(part));
            }
          }
          if (sum > most) {
            return false;
          }
        }
      }
      return true;
    }

    private int[] activeLeavesOf(int cell) {
      int[] held = new int[leaves.length];
      int count = 0;
      for (int leaf : leaves) {
        if (layout.holds(cell, leaf)) {
          held[count++] = leaf;
        }
      }
      return Arrays.copyOf(held, count);
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

  /** More than any causes can explain together: what each leaf says at best. */
  private static double explainedAtMost(double[] terms, int width) {
    double sum = 0;
    for (int at = 0; at < terms.length; at += width) {
      double most = 0;
      for (int k = 0; k < width - 1; k++) {
        most = Math.max(most, terms[at + k]);
      }
      sum += most;
    }
    return sum;
  }

  /** By active leaf: what it says for each alternative, then 1. */
  private static double[] terms(Evidence evidence) {
    int[] leaves = evidence.activeLeaves();
    int alternatives = evidence.alternatives();
    int width = alternatives + 1;
    double[] terms = new double[leaves.length * width];
    for (int active = 0; active < leaves.length; active++) {
      for (int k = 0; k < alternatives; k++) {
        terms[active * width + k] = evidence.ratio(leaves[active], k);
      }
      terms[active * width + alternatives] = 1;
    }
    return terms;
  }
}
