package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to be expected of one minute, before chance: first as on any day, then as events have
 * changed it. Reused from minute to minute.
 */
final class Minute {

  /** Declines that come with another reason than they would have. */
  record Moved(Reason from, Reason to, double share) {}

  /** Swing of the logit of success between day and night, each way. */
  private static final double DAYLIGHT = 0.15;

  private final Tenant tenant;
  private final double[] attempts = new double[Cube.LEAVES];
  private final double[] usualLogit = new double[Cube.LEAVES];
  private final double[] lowered = new double[Cube.LEAVES];
  private final @Nullable Reason[] reason = new @Nullable Reason[Cube.LEAVES];
  private final double[] tested = new double[Cube.LEAVES];
  private final int[] retries = new int[Cube.LEAVES];
  private final double[] latency = new double[Cube.PSPS * Cube.REGIONS];
  private final double[] delivered = new double[Cube.PSPS];
  private final boolean[] silent = new boolean[Cube.PSPS];
  private final @Nullable Moved[] moved = new @Nullable Moved[Cube.PSPS];
  private double testedSuccess;

  Minute(Tenant tenant) {
    this.tenant = tenant;
  }

  /** Begins a minute in which nothing happens. */
  void begin(int minute, double attemptsPerMinute, Climate climate) {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      int region = Cube.region(leaf);
      DayProfile profile = tenant.profile(region);
      attempts[leaf] =
          attemptsPerMinute
              * tenant.share(leaf)
              * profile.traffic(minute)
              * climate.volumeFactor(region);
      usualLogit[leaf] =
          tenant.logit(leaf) + DAYLIGHT * profile.daylight(minute) + climate.logit(leaf);
    }
    Arrays.fill(lowered, 0);
    Arrays.fill(reason, null);
    Arrays.fill(tested, 0);
    Arrays.fill(retries, 0);
    Arrays.fill(latency, 1);
    Arrays.fill(delivered, 1);
    Arrays.fill(silent, false);
    Arrays.fill(moved, null);
  }

  /** Lowers the logit of success; with a reason when what fails now fails for that. */
  void lower(Cell cell, double logit, @Nullable Reason why) {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      if (cell.holds(leaf)) {
        lowered[leaf] += logit;
        reason[leaf] = why;
      }
    }
  }

  void multiply(Cell cell, double factor) {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      attempts[leaf] *= cell.holds(leaf) ? factor : 1;
    }
  }

  /** Divides traffic anew between canary and stable. */
  void canaryShare(double share) {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf += Cube.VERSIONS) {
      double both = attempts[leaf + Cube.CANARY] + attempts[leaf + Cube.STABLE];
      attempts[leaf + Cube.CANARY] = both * share;
      attempts[leaf + Cube.STABLE] = both * (1 - share);
    }
  }

  /** Moves a share of one PSP's traffic to another, all else equal. */
  void route(int from, int to, double share) {
    int leavesOfPsp = Cube.LEAVES / Cube.PSPS;
    for (int i = 0; i < leavesOfPsp; i++) {
      double going = share * attempts[from * leavesOfPsp + i];
      attempts[from * leavesOfPsp + i] -= going;
      attempts[to * leavesOfPsp + i] += going;
    }
  }

  /** Adds attempts with stolen cards: so many times the usual ones, with a success of their own. */
  void testCards(Cell cell, double times, double success) {
    testedSuccess = success;
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      tested[leaf] += cell.holds(leaf) ? times * attempts[leaf] : 0;
    }
  }

  /** Adds attempts of one payer that all fail. */
  void retry(Cell cell, int count) {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      retries[leaf] += cell.holds(leaf) ? count : 0;
    }
  }

  void slow(Cell cell, double factor) {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf += Cube.VERSIONS * Cube.BINS) {
      if (cell.psp() == Cube.psp(leaf) && cell.allowsRegion(Cube.region(leaf))) {
        latency[leaf / (Cube.VERSIONS * Cube.BINS)] *= factor;
      }
    }
  }

  /** Webhooks of a PSP that are delivered in time; the others wait. */
  void deliver(int psp, double share) {
    delivered[psp] = share;
  }

  void silence(int psp) {
    silent[psp] = true;
  }

  void moveDeclines(int psp, Moved how) {
    moved[psp] = how;
  }

  double attempts(int leaf) {
    return attempts[leaf];
  }

  double success(int leaf) {
    return Chance.logistic(usualLogit[leaf] - lowered[leaf]);
  }

  /** Why attempts of a leaf fail that would not on any other day; null when there are none. */
  @Nullable Reason reason(int leaf) {
    return reason[leaf];
  }

  /** Share of a leaf's failures that would not have failed on any other day. */
  double excess(int leaf) {
    double usual = 1 - Chance.logistic(usualLogit[leaf]);
    return 1 - usual / (1 - success(leaf));
  }

  double tested(int leaf) {
    return tested[leaf];
  }

  double testedSuccess() {
    return testedSuccess;
  }

  int retries(int leaf) {
    return retries[leaf];
  }

  double latencyFactor(int psp, int region) {
    return latency[psp * Cube.REGIONS + region];
  }

  double delivered(int psp) {
    return delivered[psp];
  }

  boolean isSilent(int psp) {
    return silent[psp];
  }

  @Nullable Moved moved(int psp) {
    return moved[psp];
  }
}
