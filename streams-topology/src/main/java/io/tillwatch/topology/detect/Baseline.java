package io.tillwatch.topology.detect;

import io.tillwatch.topology.localise.Layout;
import java.util.List;

/**
 * What failure probability to expect of each leaf, and how much single minutes scatter around it.
 *
 * <p>Attempts and failures of a leaf decay with a half-life of a day. A leaf of few attempts says
 * little about itself, so it is pulled towards what its parents say: a logistic model with one
 * effect per cell of every cuboid of up to two dimensions, ridge-damped, weighs {@link
 * #PRIOR_ATTEMPTS} attempts. A leaf never seen before starts from there. Minutes are learned {@link
 * #DELAY_MINUTES} late, so that what turns out to belong to a burst never enters.
 *
 * <p>Counts of one minute scatter more than binomially (retries, shared routes): the intra-minute
 * correlation rho is estimated by moments, and n attempts count as {@code n / (1 + (n - 1) * rho)}.
 */
final class Baseline {

  /** How often it learns, and how late. */
  static final int DELAY_MINUTES = 15;

  private static final double HALF_LIFE_MINUTES = 1_440;
  private static final double PRIOR_ATTEMPTS = 500;
  private static final int LAYERS = 2;

  /**
   * Variance of an effect is one over this: half a logit for the first layer, a fifth beyond. The
   * total's is free and fitted first, so that the others are differences from it.
   */
  private static final double[] RIDGE = {.01, 4, 25};

  private static final int TOTAL = 0;
  private static final int TOTAL_STEPS = 4;

  private static final int SWEEPS_AT_FIRST = 4;
  private static final int EARLY_MINUTES = 360;
  private static final double STEP_MAX = 1;
  private static final double LOGIT_MAX = 12;

  private static final double RHO_MIN = .002;
  private static final double RHO_MAX = .15;
  private static final double RHO_START = .01;
  private static final double RHO_START_WEIGHT = 50;
  private static final double RHO_HALF_LIFE_MINUTES = 2_880;
  private static final double OUTLIER_VARIANCES = 25;

  private static final double EXPECTED_TOP = 1e-5;

  private final Subject subject;
  private final PerCell effects = new PerCell(1);
  private final Season season;

  /** By cell, used again for each cuboid. */
  private double[] gaps = {};

  private double[] weights = {};
  private double scatter = RHO_START * RHO_START_WEIGHT;
  private double scatterWeight = RHO_START_WEIGHT;
  private double rho = rho(scatter, scatterWeight);
  private long learnedMinutes;

  /**
   * A baseline that knows nothing yet.
   *
   * @param subject whose shares are learned
   */
  Baseline(Subject subject, Holidays holidays) {
    this.subject = subject;
    this.season = new Season(holidays);
  }

  /** Knows other holidays from now on. */
  void know(Holidays holidays) {
    season.know(holidays);
  }

  /** Minutes of history it rests on. */
  long learnedMinutes() {
    return learnedMinutes;
  }

  /** Events a minute that so many decayed ones stand for. */
  double perMinute(double decayed) {
    double life = HALF_LIFE_MINUTES / Math.log(2);
    return decayed / (1 + life * (1 - Math.exp(-learnedMinutes / life)));
  }

  /** Intra-minute correlation. */
  double rho() {
    return rho;
  }

  private static double rho(double scatter, double weight) {
    return Math.clamp(scatter / weight, RHO_MIN, RHO_MAX);
  }

  /**
   * By how much n attempts of one leaf and minute count less than n independent ones.
   *
   * @param attempts n; of several rows together their mean, each weighted by its own attempts
   */
  double effective(double attempts) {
    return attempts <= 1 ? 1 : 1 / (1 + (attempts - 1) * rho);
  }

  /** Takes in minutes that no burst explains; leaves of an open burst stay as they are. */
  void learn(List<Minute> minutes, Leaves leaves, Claims claims) {
    double decay = Math.pow(2, -minutes.size() / HALF_LIFE_MINUTES);
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      if (!claims.isOpen(leaves.claims[leaf])) {
        leaves.attempts[leaf] *= decay;
        leaves.failures[leaf] *= decay;
      }
    }
    double slower = Math.pow(2, -minutes.size() / RHO_HALF_LIFE_MINUTES);
    scatter *= slower;
    scatterWeight *= slower;
    rho = rho(scatter, scatterWeight);
    for (Minute minute : minutes) {
      for (int row = 0; row < minute.rows(); row++) {
        long bits = leaves.claims[minute.leaf[row]];
        if (!claims.isOpen(bits) && !claims.covers(bits, minute.at)) {
          learn(minute, row, leaves);
        }
      }
    }
    season.learn(minutes, leaves, claims, learnedMinutes);
    learnedMinutes += minutes.size();
  }

  private void learn(Minute minute, int row, Leaves leaves) {
    int leaf = minute.leaf[row];
    int attempts = minute.judged(row);
    int failures = minute.failures(row);
    if (attempts >= 2 && learnedMinutes > 0 && !subject.isPromise()) {
      double q = leaves.expected[leaf];
      double variance = attempts * q * (1 - q);
      double gap = failures - attempts * q;
      double squared = gap * gap;
      double most = OUTLIER_VARIANCES * variance * (1 + (attempts - 1) * rho);
      scatter += Math.min(squared, most) - variance;
      scatterWeight += variance * (attempts - 1);
      rho = rho(scatter, scatterWeight);
    }
    leaves.attempts[leaf] += attempts;
    leaves.failures[leaf] += failures;
  }

  /**
   * Fits the effects to what was learned, and tells each leaf what to expect of it.
   *
   * @param now from when on
   */
  void fit(Layout layout, Leaves leaves, Claims claims, long now) {
    season.setNow(now + DELAY_MINUTES * Watch.MINUTE_MILLIS / 2);
    effects.fit(layout);
    double[] logits = logits(layout, leaves.size());
    gaps = room(gaps, layout.cells());
    weights = room(weights, layout.cells());
    for (int step = 0; step < TOTAL_STEPS; step++) {
      adjust(layout, leaves, TOTAL, logits);
    }
    int sweeps = learnedMinutes <= EARLY_MINUTES ? SWEEPS_AT_FIRST : 1;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
        if (layout.layer(cuboid) <= LAYERS) {
          adjust(layout, leaves, cuboid, logits);
        }
      }
    }
    double[] priors = logits(layout, leaves.size());
    for (int leaf = 0; leaf < priors.length; leaf++) {
      if (claims.isOpen(leaves.claims[leaf])) {
        become(leaves, leaf, leaves.base[leaf]);
      } else {
        expect(leaves, leaf, priors[leaf]);
      }
    }
  }

  private static double[] room(double[] array, int needed) {
    return needed <= array.length ? array : new double[needed];
  }

  /** One Newton step for the effects of all cells of a cuboid. */
  private void adjust(Layout layout, Leaves leaves, int cuboid, double[] logits) {
    int[] cells = layout.column(cuboid);
    double[] gap = gaps;
    double[] weight = weights;
    for (int cell = 0; cell < layout.cells(); cell++) {
      gap[cell] = 0;
      weight[cell] = 0;
    }
    for (int leaf = 0; leaf < logits.length; leaf++) {
      int cell = cells[leaf];
      double p = logistic(logits[leaf]);
      gap[cell] += leaves.failures[leaf] - leaves.attempts[leaf] * p;
      weight[cell] += leaves.attempts[leaf] * p * (1 - p);
    }
    double ridge = RIDGE[layout.layer(cuboid)];
    double[] step = gap;
    for (int cell = 0; cell < layout.cells(); cell++) {
      if (layout.cuboidOf(cell) == cuboid) {
        double before = effects.get(cell, 0);
        double wanted = (gap[cell] - ridge * before) / (weight[cell] + ridge);
        effects.set(cell, 0, before + Math.clamp(wanted, -STEP_MAX, STEP_MAX));
        step[cell] = effects.get(cell, 0) - before;
      }
    }
    for (int leaf = 0; leaf < logits.length; leaf++) {
      logits[leaf] += step[cells[leaf]];
    }
  }

  /** Tells a leaf what to expect of it: its own past, and its parents'. */
  void expect(Layout layout, Leaves leaves, int leaf) {
    effects.fit(layout);
    double sum = 0;
    for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
      if (layout.layer(cuboid) <= LAYERS) {
        sum += effects.get(layout.column(cuboid)[leaf], 0);
      }
    }
    expect(leaves, leaf, Math.clamp(sum, -LOGIT_MAX, LOGIT_MAX));
  }

  private void expect(Leaves leaves, int leaf, double logit) {
    double prior = logistic(logit);
    double failures = leaves.failures[leaf] + PRIOR_ATTEMPTS * prior;
    double q = failures / (leaves.attempts[leaf] + PRIOR_ATTEMPTS);
    become(leaves, leaf, Math.clamp(q, subject.expectedMin(), 1 - EXPECTED_TOP));
  }

  /** Says what to expect of a leaf over the whole day; the time of day is added. */
  void become(Leaves leaves, int leaf, double q) {
    if (subject.isPromise()) {
      leaves.expect(leaf, subject.promised(), 0);
    } else {
      leaves.expect(leaf, q, season.now(leaves, leaf));
    }
  }

  /** What the parents say of each leaf. */
  private double[] logits(Layout layout, int leaves) {
    double[] logits = new double[leaves];
    for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
      if (layout.layer(cuboid) <= LAYERS) {
        int[] cells = layout.column(cuboid);
        for (int leaf = 0; leaf < leaves; leaf++) {
          logits[leaf] += effects.get(cells[leaf], 0);
        }
      }
    }
    for (int leaf = 0; leaf < leaves; leaf++) {
      logits[leaf] = Math.clamp(logits[leaf], -LOGIT_MAX, LOGIT_MAX);
    }
    return logits;
  }

  private static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  void carry(Layout from, Layout to) {
    effects.fit(from);
    effects.carry(from, to);
  }

  void write(BytesOut out, Layout layout) {
    effects.fit(layout);
    effects.write(out, layout);
    out.real(scatter).real(scatterWeight).number(learnedMinutes);
    season.write(out);
  }

  void read(BytesIn in) {
    effects.read(in);
    scatter = in.real();
    scatterWeight = in.real();
    rho = rho(scatter, scatterWeight);
    learnedMinutes = in.number();
    season.read(in);
  }
}
