package io.tillwatch.topology.localise;

/**
 * Failures among attempts, against the expected failure probability of each leaf: binomial, one
 * alternative per {@link Shift}.
 *
 * @param window what was counted
 * @param baseline failure probability of each leaf
 */
public record RateEvidence(LeafWindow window, double[] baseline) implements Evidence {

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
    return Shift.theta(alternative) * window.failures(leaf)
        + window.attempts(leaf) * Shift.slope(baseline[leaf], alternative);
  }
}
