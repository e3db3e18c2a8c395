package io.tillwatch.topology.detect;

import io.tillwatch.topology.localise.Shift;
import java.util.Arrays;

/**
 * How failures move with the hour of the day in each region, on the logit, around what the baseline
 * says of the whole day.
 *
 * <p>Regions have their own days; within one, nights and lunch breaks are much the same for all
 * PSPs and issuers. Each hour takes a part of what was left unexplained in it, and forgets slowly.
 * Between the middles of two hours it is linear. Before a whole day was seen nothing is learned:
 * the baseline itself speaks of the hours it has seen only. The hours of a holiday are not those of
 * other days: they add nothing, and nothing is learned from them.
 */
final class Season {

  private static final int HOURS = 24;
  private static final long HOUR_MILLIS = 60 * Watch.MINUTE_MILLIS;
  private static final long DAY_MINUTES = 1_440;

  /** Part of an hour's unexplained shift that is taken over, and what weighs against it. */
  private static final double STEP = .3;

  private static final double WEIGHT = 50;
  private static final double KEPT = .995;
  private static final double EFFECT_MAX = 1;

  private Holidays holidays;

  /** By region and hour. */
  private double[] effects = {};

  /** Middle of the time that what is expected now was set for. */
  private long at;

  Season(Holidays holidays) {
    this.holidays = holidays;
  }

  /** Knows other holidays from now on. */
  void know(Holidays others) {
    holidays = others;
  }

  /** What the hour adds to the logit of a leaf now. */
  double now(Leaves leaves, int leaf) {
    int region = leaves.region[leaf];
    return holidays.isOn(leaves.regionName(region), at) ? 0 : at(region, at);
  }

  /** From now on it is this time. */
  void setNow(long millis) {
    at = millis;
  }

  private double at(int region, long millis) {
    if ((region + 1) * HOURS > effects.length) {
      return 0;
    }
    double hours =
        Math.floorMod(millis - HOUR_MILLIS / 2, HOURS * HOUR_MILLIS) / (double) HOUR_MILLIS;
    int before = (int) hours;
    double share = hours - before;
    double first = effects[region * HOURS + before];
    double second = effects[region * HOURS + (before + 1) % HOURS];
    return first + share * (second - first);
  }

  /**
   * Takes in a block of minutes within one hour, without what a burst explains.
   *
   * @param learnedMinutes what the baseline rests on
   */
  void learn(Iterable<Minute> block, Leaves leaves, Claims claims, long learnedMinutes) {
    if (learnedMinutes < DAY_MINUTES) {
      return;
    }
    int regions = leaves.regions();
    if (regions * HOURS > effects.length) {
      effects = Arrays.copyOf(effects, regions * HOURS);
    }
    double[] gaps = new double[regions];
    double[] weights = new double[regions];
    int minutes = 0;
    int hour = 0;
    for (Minute minute : block) {
      hour = (int) (minute.at / HOUR_MILLIS % HOURS);
      minutes++;
      add(minute, leaves, claims, gaps, weights);
    }
    if (minutes == 0) {
      return; // a gap that was skipped
    }
    double part = minutes * Watch.MINUTE_MILLIS / (double) HOUR_MILLIS;
    for (int region = 0; region < regions; region++) {
      int i = region * HOURS + hour;
      double step = STEP * part * gaps[region] / (weights[region] + WEIGHT * part);
      effects[i] = Math.clamp(effects[i] * Math.pow(KEPT, part) + step, -EFFECT_MAX, EFFECT_MAX);
    }
  }

  private void add(Minute minute, Leaves leaves, Claims claims, double[] gaps, double[] weights) {
    for (int row = 0; row < minute.rows(); row++) {
      int leaf = minute.leaf[row];
      int region = leaves.region[leaf];
      if (!claims.covers(leaves.claims[leaf], minute.at)
          && !holidays.isOn(leaves.regionName(region), minute.at)) {
        double q = Shift.shifted(leaves.base[leaf], at(region, minute.at));
        gaps[region] += minute.failures(row) - minute.judged(row) * q;
        weights[region] += minute.judged(row) * q * (1 - q);
      }
    }
  }

  void write(BytesOut out) {
    out.number(at).reals(effects, effects.length);
  }

  void read(BytesIn in) {
    at = in.number();
    effects = in.reals();
  }
}
