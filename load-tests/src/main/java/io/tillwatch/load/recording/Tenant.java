package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import io.tillwatch.load.model.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Whose payments are recorded: how much comes through each leaf, how much of it succeeds, why the
 * rest does not, and how fast. All of it is drawn from the seed.
 */
final class Tenant {

  /** Share of attempts on the canary when no rollout is going on. */
  static final double CANARY_SHARE = 0.1;

  private static final List<String> PSPS =
      List.of("alpinepay", "harborpay", "northpay", "solarpay");

  private static final List<String> REGIONS = List.of("EU", "LATAM", "UK", "US");
  private static final int[] HOURS_FROM_UTC = {1, -4, 0, -6};
  private static final double[] REGION_SHARES = {0.36, 0.09, 0.22, 0.33};
  private static final double[] REGION_EFFECTS = {0.2, -0.7, 0.3, 0};

  /** A large PSP, two of middle size and a small one; which is which is drawn. */
  private static final double[] PSP_SHARES = {0.38, 0.28, 0.18, 0.16};

  private static final double PSP_CONCENTRATION = 30;

  /** Share of a region's cards that are from its own two BINs together. */
  private static final double AT_HOME = 0.7;

  private static final double BIN_SIGMA = 0.25;

  private static final double LOGIT = 2.0;
  private static final double PSP_SIGMA = 0.25;
  private static final double BIN_EFFECT_SIGMA = 0.4;
  private static final double PSP_REGION_SIGMA = 0.15;
  private static final double BIN_PSP_SIGMA = 0.1;
  private static final double REGION_SIGMA = 0.05;

  /** Of an average issuer, in the order of {@link Reason}. */
  private static final double[] REASON_SHARES = {0.40, 0.27, 0.15, 0.07, 0.05, 0.06};

  private static final double REASON_CONCENTRATION = 15;
  private static final double MEDIAN_MILLIS_LEAST = 350;
  private static final double MEDIAN_MILLIS_MOST = 700;

  private final SplittableRandom random;
  private final Cube cube;
  private final DayProfile[] profiles = new DayProfile[Cube.REGIONS];
  private final double[] shares = new double[Cube.LEAVES];
  private final double[] logits = new double[Cube.LEAVES];
  private final double[] binEffects;
  private final double[] regionEffects;
  private final Weights[] reasons = new Weights[Cube.PSPS * Cube.BINS];
  private final double[] medianMillis = new double[Cube.PSPS * Cube.REGIONS];

  Tenant(long seed) {
    random = Chance.stream(seed, Concern.TENANT.number(), 0, 0);
    cube = new Cube(PSPS, REGIONS, bins());
    for (int region = 0; region < Cube.REGIONS; region++) {
      profiles[region] = new DayProfile(HOURS_FROM_UTC[region]);
    }
    drawShares();
    regionEffects = gaussians(Cube.REGIONS, REGION_SIGMA);
    for (int region = 0; region < Cube.REGIONS; region++) {
      regionEffects[region] += REGION_EFFECTS[region];
    }
    binEffects = gaussians(Cube.BINS, BIN_EFFECT_SIGMA);
    drawLogits();
    for (int i = 0; i < reasons.length; i++) {
      reasons[i] = Weights.of(Draw.dirichlet(random, REASON_CONCENTRATION, REASON_SHARES));
    }
    for (int i = 0; i < medianMillis.length; i++) {
      medianMillis[i] = Draw.between(random, MEDIAN_MILLIS_LEAST, MEDIAN_MILLIS_MOST);
    }
  }

  /** Six digits of Visa's or Mastercard's, in ascending order. */
  private List<String> bins() {
    TreeSet<String> bins = new TreeSet<>();
    while (bins.size() < Cube.BINS) {
      boolean visa = random.nextBoolean();
      int number =
          visa ? Draw.between(random, 400_000, 499_999) : Draw.between(random, 510_000, 559_999);
      bins.add(Integer.toString(number));
    }
    return List.copyOf(bins);
  }

  private void drawShares() {
    double[] pspShares = shuffled(PSP_SHARES);
    List<Integer> homes = homes();
    double[] regionShares = jittered(REGION_SHARES, 0.1);
    for (int region = 0; region < Cube.REGIONS; region++) {
      double[] byPsp = Draw.dirichlet(random, PSP_CONCENTRATION, pspShares);
      double[] byBin = jittered(cards(region, homes), BIN_SIGMA);
      for (int psp = 0; psp < Cube.PSPS; psp++) {
        for (int bin = 0; bin < Cube.BINS; bin++) {
          double share = regionShares[region] * byPsp[psp] * byBin[bin];
          shares[Cube.leaf(psp, region, bin, Cube.CANARY)] = share * CANARY_SHARE;
          shares[Cube.leaf(psp, region, bin, Cube.STABLE)] = share * (1 - CANARY_SHARE);
        }
      }
    }
  }

  /** The home region of each BIN, two BINs for each region. */
  private List<Integer> homes() {
    List<Integer> homes = new ArrayList<>();
    for (int bin = 0; bin < Cube.BINS; bin++) {
      homes.add(bin % Cube.REGIONS);
    }
    shuffle(homes, random);
    return homes;
  }

  private static double[] cards(int region, List<Integer> homes) {
    double[] cards = new double[Cube.BINS];
    int own = Cube.BINS / Cube.REGIONS;
    for (int bin = 0; bin < Cube.BINS; bin++) {
      boolean home = homes.get(bin) == region;
      cards[bin] = home ? AT_HOME / own : (1 - AT_HOME) / (Cube.BINS - own);
    }
    return cards;
  }

  private void drawLogits() {
    double[] psp = gaussians(Cube.PSPS, PSP_SIGMA);
    double[] pspRegion = gaussians(Cube.PSPS * Cube.REGIONS, PSP_REGION_SIGMA);
    double[] pspBin = gaussians(Cube.PSPS * Cube.BINS, BIN_PSP_SIGMA);
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      logits[leaf] =
          LOGIT
              + psp[Cube.psp(leaf)]
              + regionEffects[Cube.region(leaf)]
              + binEffects[Cube.bin(leaf)]
              + pspRegion[Cube.psp(leaf) * Cube.REGIONS + Cube.region(leaf)]
              + pspBin[Cube.psp(leaf) * Cube.BINS + Cube.bin(leaf)];
    }
  }

  private double[] gaussians(int size, double sigma) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = sigma * random.nextGaussian();
    }
    return values;
  }

  /** Shares moved apart by log-normal factors; they sum to 1 again. */
  private double[] jittered(double[] around, double sigma) {
    double[] drawn = new double[around.length];
    double sum = 0;
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = Chance.logNormal(random, around[i], sigma);
      sum += drawn[i];
    }
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] /= sum;
    }
    return drawn;
  }

  private double[] shuffled(double[] values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    shuffle(list, random);
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Fisher and Yates's shuffle. */
  static void shuffle(List<?> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  Cube cube() {
    return cube;
  }

  DayProfile profile(int region) {
    return profiles[region];
  }

  /** Share of all attempts that come through a leaf. */
  double share(int leaf) {
    return shares[leaf];
  }

  double share(Cell cell) {
    double sum = 0;
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      sum += cell.holds(leaf) ? shares[leaf] : 0;
    }
    return sum;
  }

  /** Logit of success, before the time of day and drift. */
  double logit(int leaf) {
    return logits[leaf];
  }

  /** What a BIN does to the logit of success everywhere. */
  double binEffect(int bin) {
    return binEffects[bin];
  }

  double regionEffect(int region) {
    return regionEffects[region];
  }

  /** Why attempts of a BIN at a PSP are declined, over {@link Reason}. */
  Weights reasons(int psp, int bin) {
    return reasons[psp * Cube.BINS + bin];
  }

  double medianMillis(int psp, int region) {
    return medianMillis[psp * Cube.REGIONS + region];
  }
}
