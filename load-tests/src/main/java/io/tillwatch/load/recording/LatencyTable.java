package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import java.util.SplittableRandom;

/**
 * How long attempts took, for each PSP and region: log-normal, summarised.
 *
 * <p>Quantiles of a sample are drawn by their large-sample distribution (normal in the logarithm,
 * variance p(1-p) / (n density²)), and put in order; drawing each attempt would say the same at ten
 * times the work.
 */
final class LatencyTable implements Table {

  /** Standard deviation of the logarithm of one attempt's latency. */
  private static final double SIGMA = 0.55;

  private static final double LIMIT_MILLIS = 2_000;

  /** Of the standard normal: 50, 90 and 99 % lie below. */
  private static final double[] QUANTILES = {0, 1.2815516, 2.3263479};

  /** Standard deviation of a sample's quantile, times the root of its size, in units of sigma. */
  private static final double[] ERRORS = {1.2533141, 1.7094, 3.7335};

  private final RecordingSettings settings;
  private final Tenant tenant;
  private final Climate climate;

  LatencyTable(RecordingSettings settings, Tenant tenant, Climate climate) {
    this.settings = settings;
    this.tenant = tenant;
    this.climate = climate;
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String header() {
    return "minute,psp,region,n,p50_ms,p90_ms,p99_ms,n_over_2s";
  }

  @Override
  public void write(int minute, Minute expected, Attempts drawn, StringBuilder lines) {
    for (int psp = 0; psp < Cube.PSPS; psp++) {
      for (int region = 0; region < Cube.REGIONS; region++) {
        int n = drawn.ofPspRegion(psp, region);
        if (n > 0) {
          lines.append(minute).append(',').append(tenant.cube().psps().get(psp)).append(',');
          lines.append(tenant.cube().regions().get(region)).append(',').append(n);
          double median =
              tenant.medianMillis(psp, region)
                  * climate.latencyFactor(psp, region)
                  * expected.latencyFactor(psp, region);
          long pair = ((long) minute * Cube.PSPS + psp) * Cube.REGIONS + region;
          summarise(pair, n, median, lines);
        }
      }
    }
  }

  private void summarise(long pair, int n, double median, StringBuilder lines) {
    SplittableRandom random = Chance.stream(settings.seed(), Concern.LATENCY.number(), pair, 0);
    long last = 1;
    for (int i = 0; i < QUANTILES.length; i++) {
      double error = ERRORS[i] / StrictMath.sqrt(n) * random.nextGaussian();
      double millis = median * StrictMath.exp(SIGMA * (QUANTILES[i] + error));
      last = Math.max(last, Math.round(millis));
      lines.append(',').append(last);
    }
    double share = Draw.above(StrictMath.log(LIMIT_MILLIS / median) / SIGMA);
    lines.append(',').append(Draw.binomial(random, n, share)).append('\n');
  }
}
