package io.tillwatch.load.model;

/**
 * How well attempts fare in one minute: drift of PSPs, BIN ranges and regions, the hour of the day,
 * and noise that the members of a PSP's region share (over-dispersion). All in logits of success.
 */
final class Climate {

  private static final double PSP_DRIFT = 0.05;
  private static final double RANGE_DRIFT = 0.08;
  private static final double REGION_DRIFT = 0.03;
  private static final double NOISE = 0.12;
  private static final double HOUR_EFFECT = 0.15;
  private static final double BEST_HOUR = 15;

  private static final long PSP_CONCERN = 1;
  private static final long RANGE_CONCERN = 2;
  private static final long REGION_CONCERN = 3;
  private static final long NOISE_CONCERN = 4;

  private final World world;
  private final Drift pspDrift;
  private final Drift rangeDrift;
  private final Drift regionDrift;

  private final double[][] place;
  private final double[] range;

  Climate(World world) {
    this.world = world;
    this.pspDrift = new Drift(world.seed, PSP_CONCERN, PSP_DRIFT);
    this.rangeDrift = new Drift(world.seed, RANGE_CONCERN, RANGE_DRIFT);
    this.regionDrift = new Drift(world.seed, REGION_CONCERN, REGION_DRIFT);
    this.place = new double[world.psps.size()][world.regions.size()];
    this.range = new double[world.ranges.size()];
  }

  /** Moves on to a minute (since the epoch). */
  void enter(long minute) {
    for (Region region : world.regions) {
      double shared =
          region.effect() + regionDrift.at(minute, region.index()) + hour(region, minute);
      for (Psp psp : world.psps) {
        place[psp.index()][region.index()] = shared + atPlace(psp, region, minute);
      }
    }
    for (CardRange each : world.ranges) {
      range[each.index()] = each.effect() + rangeDrift.at(minute, each.index());
    }
  }

  private static double hour(Region region, long minute) {
    double hour = Season.localHour(region.profile().zone(), minute * 60_000);
    return HOUR_EFFECT * StrictMath.cos((hour - BEST_HOUR) / 24 * 2 * Math.PI);
  }

  private double atPlace(Psp psp, Region region, long minute) {
    long subject = psp.index() * 1_000L + region.index();
    double noise = Chance.stream(world.seed, NOISE_CONCERN, minute, subject).nextGaussian();
    return psp.effect()
        + pspDrift.at(minute, psp.index())
        + world.pspRegionEffect[psp.index()][region.index()]
        + NOISE * noise;
  }

  /** Logit of success of an attempt in this minute, but for what is peculiar to the attempt. */
  double logit(Attempt attempt) {
    return place[attempt.psp.index()][attempt.region.index()]
        + range[attempt.range.index()]
        + world.rangePspEffect[attempt.range.index()][attempt.psp.index()];
  }
}
