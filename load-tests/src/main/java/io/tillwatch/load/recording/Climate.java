package io.tillwatch.load.recording;

/** What wanders by itself, without any event: success rates, volume and latency. */
final class Climate {

  private static final double PSP_SIGMA = 0.06;
  private static final double BIN_SIGMA = 0.10;
  private static final double REGION_SIGMA = 0.04;
  private static final double VOLUME_SIGMA = 0.06;
  private static final double LATENCY_SIGMA = 0.05;
  private static final double RATE_MINUTES = 90;
  private static final double VOLUME_MINUTES = 120;
  private static final double LATENCY_MINUTES = 90;

  private final Wander psps;
  private final Wander bins;
  private final Wander regions;
  private final Wander volumes;
  private final Wander latencies;

  Climate(RecordingSettings settings) {
    long seed = settings.seed();
    double factor = settings.driftFactor();
    psps = new Wander(seed, Concern.PSP_DRIFT, Cube.PSPS, factor * PSP_SIGMA, RATE_MINUTES);
    bins = new Wander(seed, Concern.BIN_DRIFT, Cube.BINS, factor * BIN_SIGMA, RATE_MINUTES);
    regions =
        new Wander(seed, Concern.REGION_DRIFT, Cube.REGIONS, factor * REGION_SIGMA, RATE_MINUTES);
    volumes = new Wander(seed, Concern.REGION_VOLUME, Cube.REGIONS, VOLUME_SIGMA, VOLUME_MINUTES);
    latencies =
        new Wander(
            seed, Concern.LATENCY_DRIFT, Cube.PSPS * Cube.REGIONS, LATENCY_SIGMA, LATENCY_MINUTES);
  }

  void nextMinute() {
    psps.next();
    bins.next();
    regions.next();
    volumes.next();
    latencies.next();
  }

  double logit(int leaf) {
    return psps.at(Cube.psp(leaf)) + bins.at(Cube.bin(leaf)) + regions.at(Cube.region(leaf));
  }

  double volumeFactor(int region) {
    return StrictMath.exp(volumes.at(region));
  }

  double latencyFactor(int psp, int region) {
    return StrictMath.exp(latencies.at(psp * Cube.REGIONS + region));
  }
}
