package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Attempts and successes of each leaf in one minute, as chance has it.
 *
 * <p>Attempts are Poisson around a mean that is itself gamma-distributed (bursts); successes are
 * beta-binomial (outcomes within a minute resemble each other). Failures are kept apart by why they
 * came: as on any day, or for the reason of an event.
 */
final class Attempts {

  /** Shape of the gamma distribution: the mean of a leaf's minute varies by a factor of 1 ± .22. */
  private static final double BURST_SHAPE = 20;

  /** Share of refused card tests that issuers call fraud; the others have wrong data. */
  private static final double TESTS_SEEN_AS_FRAUD = 0.6;

  private final RecordingSettings settings;
  private final int[] attempts = new int[Cube.LEAVES];
  private final int[] successes = new int[Cube.LEAVES];
  private final int[] usualFailures = new int[Cube.PSPS * Cube.BINS];
  private final int[][] failures = new int[Cube.PSPS * Cube.BINS][Reason.values().length];
  private long total;

  Attempts(RecordingSettings settings) {
    this.settings = settings;
  }

  void draw(int minute, Minute expected) {
    Arrays.fill(usualFailures, 0);
    for (int[] byReason : failures) {
      Arrays.fill(byReason, 0);
    }
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      SplittableRandom random =
          Chance.stream(settings.seed(), Concern.ATTEMPTS.number(), minute, leaf);
      double mean = expected.attempts(leaf) * Draw.gamma(random, BURST_SHAPE);
      int n = Chance.poisson(random, mean);
      int ok =
          n == 0 ? 0 : Draw.betaBinomial(random, n, expected.success(leaf), settings.correlation());
      attempts[leaf] = n;
      successes[leaf] = ok;
      blame(random, expected, leaf, n - ok);
      if (expected.tested(leaf) > 0) {
        testCards(random, expected, leaf);
      }
      attempts[leaf] += expected.retries(leaf);
      usualFailures[pair(leaf)] += expected.retries(leaf);
      total += attempts[leaf];
    }
  }

  private void blame(SplittableRandom random, Minute expected, int leaf, int failed) {
    Reason reason = expected.reason(leaf);
    int excess = reason == null ? 0 : Draw.binomial(random, failed, expected.excess(leaf));
    usualFailures[pair(leaf)] += failed - excess;
    if (reason != null) {
      failures[pair(leaf)][reason.ordinal()] += excess;
    }
  }

  private void testCards(SplittableRandom random, Minute expected, int leaf) {
    double mean = expected.tested(leaf) * Draw.gamma(random, BURST_SHAPE);
    int n = Chance.poisson(random, mean);
    int ok = Draw.betaBinomial(random, n, expected.testedSuccess(), settings.correlation());
    int fraud = Draw.binomial(random, n - ok, TESTS_SEEN_AS_FRAUD);
    attempts[leaf] += n;
    successes[leaf] += ok;
    failures[pair(leaf)][Reason.SUSPECTED_FRAUD.ordinal()] += fraud;
    failures[pair(leaf)][Reason.INVALID_DATA.ordinal()] += n - ok - fraud;
  }

  private static int pair(int leaf) {
    return Cube.psp(leaf) * Cube.BINS + Cube.bin(leaf);
  }

  int attempts(int leaf) {
    return attempts[leaf];
  }

  int successes(int leaf) {
    return successes[leaf];
  }

  /** Attempts of all minutes so far. */
  long total() {
    return total;
  }

  int ofPsp(int psp) {
    int leavesOfPsp = Cube.LEAVES / Cube.PSPS;
    int sum = 0;
    for (int i = 0; i < leavesOfPsp; i++) {
      sum += attempts[psp * leavesOfPsp + i];
    }
    return sum;
  }

  int ofPspRegion(int psp, int region) {
    int from = Cube.leaf(psp, region, 0, 0);
    int sum = 0;
    for (int i = 0; i < Cube.BINS * Cube.VERSIONS; i++) {
      sum += attempts[from + i];
    }
    return sum;
  }

  /** Failures of a BIN at a PSP that any day might have had. */
  int usualFailures(int psp, int bin) {
    return usualFailures[psp * Cube.BINS + bin];
  }

  /** Failures of a BIN at a PSP that an event brought, over {@link Reason}. */
  int[] failures(int psp, int bin) {
    return failures[psp * Cube.BINS + bin];
  }
}
