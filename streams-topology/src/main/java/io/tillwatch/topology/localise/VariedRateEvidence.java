package io.tillwatch.topology.localise;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Failures among attempts, against the expected failure probability of each leaf, where leaves have
 * their own ways: a quiet one strays from what is expected, and those of a cause are not all hit as
 * hard as each other.
 *
 * <p>The likelihood of a leaf is binomial with a random effect: its shift in logits is Gaussian
 * around 0 when quiet, and around that of the alternative ({@link Shift}) otherwise. So a leaf of
 * many attempts that is hit less than the rest of a cell speaks a little less for it, not loudly
 * against it. The integral over the shift is a sum over nodes.
 */
public final class VariedRateEvidence implements Evidence {

  /** Standard deviation of the shift of a leaf that is quiet, in logits. */
  private static final double QUIET_SPREAD = .15;

  /** The same of a leaf of a cause. */
  private static final double CAUSE_SPREAD = .35;

  private static final double FIRST_NODE = -.5;
  private static final double NODE_STEP = .25;
  private static final int NODES = 31;
  private static final int SOFTPLUS_STEPS = (int) (NODE_STEP * Softplus.PER_UNIT);

  /** Nodes further off than so many spreads have no weight. */
  private static final double SPREADS_MAX = 5;

  /** Likelihoods that are smaller than the largest by more than e to this are none. */
  private static final double LOG_MIN = -700;

  private static final Weights QUIET_WEIGHTS = Weights.of(0, QUIET_SPREAD);
  private static final Weights[] CAUSE_WEIGHTS = new Weights[Shift.COUNT];

  static {
    Arrays.setAll(CAUSE_WEIGHTS, shift -> Weights.of(Shift.theta(shift), CAUSE_SPREAD));
  }

  private final LeafWindow window;

  /** By leaf, for each alternative. */
  private final double[] ratios;

  /**
   * Evidence of a window.
   *
   * @param window what was counted
   * @param baseline failure probability of each leaf
   */
  public VariedRateEvidence(LeafWindow window, double[] baseline) {
    this.window = window;
    this.ratios = new double[baseline.length * Shift.COUNT];
    double[] likelihoods = new double[NODES];
    for (int leaf : window.activeLeaves()) {
      fill(likelihoods, window.attempts(leaf), window.failures(leaf), baseline[leaf]);
      double quiet = Math.log(mean(likelihoods, QUIET_WEIGHTS));
      for (int shift = 0; shift < Shift.COUNT; shift++) {
        double hit = Math.log(mean(likelihoods, CAUSE_WEIGHTS[shift]));
        ratios[leaf * Shift.COUNT + shift] = hit - quiet;
      }
    }
  }

  /**
   * Likelihoods by node, the largest 1. What a shift s takes off each attempt is {@code ln(1 - p +
   * p e^s)}, which is {@code ln(1 + e^(s + logit p))} but for what all nodes have.
   */
  private static void fill(
      double[] likelihoods, double attempts, double failures, double probability) {
    double logit = Math.log(probability / (1 - probability));
    Softplus.fill(logit + FIRST_NODE, SOFTPLUS_STEPS, likelihoods);
    double largest = Double.NEGATIVE_INFINITY;
    for (int node = 0; node < NODES; node++) {
      double log = node(node) * failures - attempts * likelihoods[node];
      likelihoods[node] = log;
      largest = Math.max(largest, log);
    }
    for (int node = 0; node < NODES; node++) {
      double log = likelihoods[node] - largest;
      likelihoods[node] = log < LOG_MIN ? 0 : Math.exp(log);
    }
  }

  private static double mean(double[] likelihoods, Weights of) {
    double sum = 0;
    for (int i = 0; i < of.weights.length; i++) {
      sum += of.weights[i] * likelihoods[of.first + i];
    }
    return Math.max(Double.MIN_NORMAL, sum);
  }

  private static double node(int number) {
    return FIRST_NODE + NODE_STEP * number;
  }

  @Override
  public int alternatives() {
    return Shift.COUNT;
  }

  @Override
  public int[] activeLeaves() {
    return window.activeLeaves();
  }

  @Override
  public double ratio(int leaf, int alternative) {
    return ratios[leaf * Shift.COUNT + alternative];
  }

  /** Of the nodes under a Gaussian, from the first that has any; together 1. */
  private static final class Weights {

    private final int first;
    private final double[] weights;

    private Weights(int first, double[] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Weights of(double mean, double spread) {
      int[] near =
          IntStream.range(0, NODES)
              .filter(node -> Math.abs(node(node) - mean) <= SPREADS_MAX * spread)
              .toArray();
      double[] weights =
          Arrays.stream(near)
              .mapToDouble(node -> Math.exp(-.5 * Math.pow((node(node) - mean) / spread, 2)))
              .toArray();
      double sum = Arrays.stream(weights).sum();
      return new Weights(near[0], Arrays.stream(weights).map(weight -> weight / sum).toArray());
    }
  }
}
