package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import java.util.SplittableRandom;

/**
 * Webhooks received from each PSP, and how old they were.
 *
 * <p>Nearly every attempt brings one a minute later. In a backlog some wait in the PSP's queue;
 * when it is over the queue is worked off beside what comes, the oldest first. In a silence none
 * comes, and none comes later.
 */
final class WebhookTable implements Table {

  private static final double PER_ATTEMPT = 0.98;
  private static final double LAG_SECONDS = 4;
  private static final double LAG_SIGMA = 0.15;
  private static final double LAG_SIGMA_IN_BACKLOG = 0.2;

  /** What a PSP works off of its queue in a minute, as a share of what usually comes. */
  private static final double CATCHING_UP = 0.65;

  private final RecordingSettings settings;
  private final Tenant tenant;
  private final double[] attemptsBefore = new double[Cube.PSPS];
  private final int[] waiting = new int[Cube.PSPS];

  WebhookTable(RecordingSettings settings, Tenant tenant) {
    this.settings = settings;
    this.tenant = tenant;
  }

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public String header() {
    return "minute,psp,received,lag_p50_s";
  }

  @Override
  public void write(int minute, Minute expected, Attempts drawn, StringBuilder lines) {
    for (int psp = 0; psp < Cube.PSPS; psp++) {
      SplittableRandom random =
          Chance.stream(settings.seed(), Concern.WEBHOOKS.number(), minute, psp);
      double mean = PER_ATTEMPT * (minute == 0 ? drawn.ofPsp(psp) : attemptsBefore[psp]);
      int sent = Chance.poisson(random, mean);
      int received = expected.isSilent(psp) ? 0 : received(random, psp, sent, mean, expected);
      lines.append(minute).append(',').append(tenant.cube().psps().get(psp)).append(',');
      lines.append(received).append(',');
      appendTenths(lag(random, psp, mean), lines);
      lines.append('\n');
      attemptsBefore[psp] = drawn.ofPsp(psp);
    }
  }

  private int received(SplittableRandom random, int psp, int sent, double mean, Minute expected) {
    double share = expected.delivered(psp);
    if (share < 1) {
      int inTime = Draw.binomial(random, sent, share);
      waiting[psp] += sent - inTime;
      return inTime;
    }
    int late = Math.min(waiting[psp], Chance.poisson(random, CATCHING_UP * mean));
    waiting[psp] -= late;
    return sent + late;
  }

  /** Median age in seconds; what waits makes it older by the time it takes to come. */
  private double lag(SplittableRandom random, int psp, double mean) {
    boolean backlog = waiting[psp] > 0;
    double queueSeconds = backlog ? 60 * waiting[psp] / Math.max(1, mean) : 0;
    return Chance.logNormal(
        random, LAG_SECONDS + queueSeconds, backlog ? LAG_SIGMA_IN_BACKLOG : LAG_SIGMA);
  }

  private static void appendTenths(double value, StringBuilder lines) {
    long tenths = Math.round(value * 10);
    lines.append(tenths / 10).append('.').append(tenths % 10);
  }
}
