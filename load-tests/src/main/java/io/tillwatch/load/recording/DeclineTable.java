package io.tillwatch.load.recording;

import io.tillwatch.load.model.Chance;
import io.tillwatch.load.model.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Why attempts failed, for each PSP and BIN that had failures. */
final class DeclineTable implements Table {

  private static final Reason[] REASONS = Reason.values();

  private final RecordingSettings settings;
  private final Tenant tenant;

  DeclineTable(RecordingSettings settings, Tenant tenant) {
    this.settings = settings;
    this.tenant = tenant;
  }

  @Override
  public String name() {
    return "declines";
  }

  @Override
  public String header() {
    return "minute,psp,bin,"
        + Arrays.stream(REASONS).map(Reason::label).collect(Collectors.joining(","));
  }

  @Override
  public void write(int minute, Minute expected, Attempts drawn, StringBuilder lines) {
    for (int psp = 0; psp < Cube.PSPS; psp++) {
      Minute.Moved moved = expected.moved(psp);
      for (int bin = 0; bin < Cube.BINS; bin++) {
        int[] counts = drawn.failures(psp, bin).clone();
        int usual = drawn.usualFailures(psp, bin);
        long pair = (long) psp * Cube.BINS + bin;
        SplittableRandom random =
            Chance.stream(settings.seed(), Concern.DECLINES.number(), minute, pair);
        Weights reasons = tenant.reasons(psp, bin);
        for (int i = 0; i < usual; i++) {
          counts[reasons.draw(random)]++;
        }
        if (moved != null) {
          int going = Draw.binomial(random, counts[moved.from().ordinal()], moved.share());
          counts[moved.from().ordinal()] -= going;
          counts[moved.to().ordinal()] += going;
        }
        append(minute, psp, bin, counts, lines);
      }
    }
  }

  private void append(int minute, int psp, int bin, int[] counts, StringBuilder lines) {
    if (Arrays.stream(counts).sum() == 0) {
      return;
    }
    lines.append(minute).append(',').append(tenant.cube().psps().get(psp)).append(',');
    lines.append(tenant.cube().bins().get(bin));
    for (int count : counts) {
      lines.append(',').append(count);
    }
    lines.append('\n');
  }
}
