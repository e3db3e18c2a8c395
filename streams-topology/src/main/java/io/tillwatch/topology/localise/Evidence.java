package io.tillwatch.topology.localise;

/**
 * What the leaves of a window say for each of several alternatives, as log-likelihood ratios
 * against "nothing happened". They add up: a cell's is the sum over its leaves.
 */
public interface Evidence {

  /** Number of alternatives. */
  int alternatives();

  /** Leaves that say something, ascending. */
  int[] activeLeaves();

  /** What one leaf says for one alternative. */
  double ratio(int leaf, int alternative);
}
