package io.tillwatch.topology.backtest;

import io.tillwatch.topology.detect.Beliefs;
import io.tillwatch.topology.plot.Point;
import java.util.BitSet;

/** What the leaves of a minute did, and what was expected of them then: 16 bytes a leaf. */
final class SeenMinute {

  private final int minute;
  private final int[] leaves;
  private final int[] attempts;
  private final int[] failures;
  private final float[] expected;
  private final double correlation;

  SeenMinute(int minute, LeafCounts counts, Beliefs beliefs) {
    int rows = counts.size();
    this.minute = minute;
    this.leaves = new int[rows];
    this.attempts = new int[rows];
    this.failures = new int[rows];
    this.expected = new float[rows];
    this.correlation = beliefs.correlation();
    for (int row = 0; row < rows; row++) {
      leaves[row] = counts.number(row);
      attempts[row] = (int) counts.judged(row);
      failures[row] = (int) counts.failures(row);
      expected[row] = (float) beliefs.failureProbability(counts.slice(row)).orElse(Double.NaN);
    }
  }

  /**
   * A cell's part of it. Leaves for which there was no room in the watch are left out.
   *
   * @param held numbers of the cell's leaves
   * @param drift standard deviation of the cell's logit
   */
  Point of(BitSet held, double drift) {
    double judged = 0;
    double failed = 0;
    double likely = 0;
    double variance = 0;
    double chance = 0;
    for (int row = 0; row < leaves.length; row++) {
      double q = expected[row];
      if (held.get(leaves[row]) && !Double.isNaN(q)) {
        double binomial = attempts[row] * q * (1 - q);
        judged += attempts[row];
        failed += failures[row];
        likely += attempts[row] * q;
        variance += binomial;
        chance += binomial * (1 + Math.max(0, attempts[row] - 1) * correlation);
      }
    }
    return new Point(minute, 1, judged, failed, likely, chance, variance * drift);
  }
}
