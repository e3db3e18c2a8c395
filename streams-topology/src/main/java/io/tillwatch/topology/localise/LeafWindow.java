package io.tillwatch.topology.localise;

import java.util.Arrays;

/**
 * What the leaves counted in a window of time, ready to be rolled up.
 *
 * <p>Counts are effective ones: divided by the over-dispersion of the minute they came from. Not
 * thread-safe.
 */
public final class LeafWindow {

  private final double[] attempts;
  private final double[] failures;
  private final int[] active;
  private int size;

  /** An empty window over so many leaves. */
  public LeafWindow(int leaves) {
    this.attempts = new double[leaves];
    this.failures = new double[leaves];
    this.active = new int[leaves];
  }

  /** Adds what a leaf counted in one minute. */
  public void add(int leaf, double effectiveAttempts, double effectiveFailures) {
    if (attempts[leaf] == 0) {
      active[size++] = leaf;
    }
    attempts[leaf] += effectiveAttempts;
    failures[leaf] += effectiveFailures;
  }

  int[] activeLeaves() {
    int[] leaves = Arrays.copyOf(active, size);
    Arrays.sort(leaves);
    return leaves;
  }

  /** Effective attempts of a leaf. */
  public double attempts(int leaf) {
    return attempts[leaf];
  }

  double failures(int leaf) {
    return failures[leaf];
  }
}
