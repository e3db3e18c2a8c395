package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hears when a PSP delivers less than it owes: webhooks that fall behind, or stop.
 *
 * <p>What a PSP owes in a minute is what caused it ({@link MinuteLeaves#causes}), times the usual
 * ratio of the two. So a night, a sale, and traffic that is routed elsewhere are no news. For each
 * of {@link #FACTORS} the Poisson log-likelihood ratio {@code x ln(f) - lambda (f - 1)} of "only
 * that part of it comes" is summed up as in {@link Cusum}, over the dispersion that the counts
 * usually have. Ratio and dispersion are learned {@link Baseline#DELAY_MINUTES} minutes late,
 * without the minutes of a burst.
 */
final class Deliveries {

  private static final int PSPS_MAX = 256;
  private static final double[] FACTORS = {.5, .05};
  private static final double DECAY = Math.pow(2, -1 / 1_440.0);

  /** Decayed causes below which the ratio is not known well enough. */
  private static final double CAUSES_MIN = 2_000;

  private static final double EXPECTED_MIN = 20;
  private static final double BACK_SHARE = .75;
  private static final int BACK_MINUTES = 5;
  private static final double DISPERSION_WEIGHT = 100;
  private static final double OUTLIER_DISPERSIONS = 9;

  /** A sum may exceed its threshold so many times: enough to stay open, not to stay for ever. */
  private static final double CAP = 4;

  private double budgetMinutes;
  private final TreeMap<String, Track> psps = new TreeMap<>();

  Deliveries(double budgetMinutes) {
    this.budgetMinutes = budgetMinutes;
  }

  /** Judges by another budget of false alarms from now on; sums go on. */
  void budget(double minutes) {
    budgetMinutes = minutes;
  }

  /** What one PSP owes and delivers. */
  private static final class Track extends VolumeTrack {
    final double[] sums = new double[FACTORS.length];
    double delivered;
    double caused;
    double scatter = DISPERSION_WEIGHT;
    double scatterWeight = DISPERSION_WEIGHT;

    /** Last minute of its last burst. */
    long until;

    Track(Slice slice) {
      super(slice);
    }

    double expected(long causes) {
      return caused < CAUSES_MIN ? 0 : causes * delivered / caused;
    }

    /** Whether it has had nothing for so long that it makes no difference any more. */
    boolean isForgotten(SortedMap<String, Long> causes) {
      return !isOpen() && caused < 1 && !causes.containsKey(slice.get(Dimension.PSP));
    }

    double dispersion() {
      return Math.max(1, scatter / scatterWeight);
    }

    void add(long observed, double expected, double most) {
      sum = 0;
      for (int i = 0; i < sums.length; i++) {
        double ratio = observed * Math.log(FACTORS[i]) - expected * (FACTORS[i] - 1);
        sums[i] = Math.clamp(sums[i] + ratio / dispersion(), 0, most);
        sum = Math.max(sum, sums[i]);
      }
    }

    void learn(long observed, long causes) {
      double expected = expected(causes);
      delivered = delivered * DECAY + observed;
      caused = caused * DECAY + causes;
      scatterWeight = scatterWeight * DECAY + 1;
      double squared = expected == 0 ? 1 : Math.pow(observed - expected, 2) / expected;
      scatter = scatter * DECAY + Math.min(squared, OUTLIER_DISPERSIONS * dispersion());
    }

    /** What lasts so long is how things are now: the ratio is learned anew. */
    void forget() {
      delivered = 0;
      caused = 0;
      scatter = DISPERSION_WEIGHT;
      scatterWeight = DISPERSION_WEIGHT;
    }

    @Override
    void close() {
      super.close();
      Arrays.fill(sums, 0);
    }

    @Override
    void write(BytesOut out) {
      super.write(out);
      out.reals(sums, sums.length).real(delivered).real(caused);
      out.real(scatter).real(scatterWeight).number(until);
    }

    @Override
    void read(BytesIn in) {
      super.read(in);
      double[] stored = in.reals();
      System.arraycopy(stored, 0, sums, 0, sums.length);
      delivered = in.real();
      caused = in.real();
      scatter = in.real();
      scatterWeight = in.real();
      until = in.number();
    }
  }

  /** Takes one minute; answers with what is to be told. Nothing when no causes are known. */
  List<Burst> add(Minute minute, Memory memory) {
    List<Burst> told = new ArrayList<>();
    if (minute.causes.isEmpty()) {
      return told; // not known is not nothing
    }
    Map<String, Long> delivered = Silence.countsByPsp(minute, memory.leaves);
    for (String psp : minute.causes.keySet()) {
      if (psps.size() < PSPS_MAX) {
        psps.computeIfAbsent(psp, name -> new Track(Slice.TOTAL.with(Dimension.PSP, name)));
      }
    }
    double threshold =
        Math.log(budgetMinutes) + Math.log(1 + psps.size()) + Math.log(FACTORS.length);
    Minute old = oldMinute(minute.at, memory);
    Map<String, Long> deliveredOld =
        old == null ? Map.of() : Silence.countsByPsp(old, memory.leaves);
    List<Slice> planned = memory.settings.planned(minute.at);
    List<Slice> plannedOld = old == null ? List.of() : memory.settings.planned(old.at);
    for (Map.Entry<String, Track> entry : psps.entrySet()) {
      Track track = entry.getValue();
      if (planned.stream().anyMatch(track.slice::overlaps)) {
        if (!track.isOpen()) {
          track.close(); // nobody waits for it
        }
        continue;
      }
      long observed = delivered.getOrDefault(entry.getKey(), 0L);
      long causes = minute.causes.getOrDefault(entry.getKey(), 0L);
      listen(track, observed, track.expected(causes), threshold, minute, memory, told);
      if (old != null
          && !track.isOpen()
          && old.at > track.until
          && plannedOld.stream().noneMatch(track.slice::overlaps)) {
        track.learn(
            deliveredOld.getOrDefault(entry.getKey(), 0L),
            old.causes.getOrDefault(entry.getKey(), 0L));
      }
    }
    psps.values().removeIf(track -> track.isForgotten(minute.causes));
    return told;
  }

  private static @Nullable Minute oldMinute(long at, Memory memory) {
    long old = at - Baseline.DELAY_MINUTES * Watch.MINUTE_MILLIS;
    List<Minute> minutes = memory.ring.between(old, old + Watch.MINUTE_MILLIS);
    return minutes.isEmpty() || minutes.getFirst().causes.isEmpty() ? null : minutes.getFirst();
  }

  // What came, what was owed, and where to tell it.
  private static void listen(
      Track track,
      long observed,
      double expected,
      double threshold,
      Minute minute,
      Memory memory,
      List<Burst> told) {
    track.add(observed, expected, CAP * threshold);
    track.count(observed, expected, minute.at);
    if (track.isOpen()) {
      BurstState state = track.follow(observed >= BACK_SHARE * expected, BACK_MINUTES);
      if (state != null) {
        told.add(VolumeReport.of(track, state, threshold, minute, memory));
      }
      if (state == BurstState.CLOSED) {
        track.until = minute.at;
        if (track.hasGivenUp()) {
          track.forget();
        }
        track.close();
      }
    } else if (track.sum > threshold && track.expectedSince >= EXPECTED_MIN) {
      track.open(minute, memory);
      if (track.isOpen()) {
        told.add(VolumeReport.of(track, BurstState.OPEN, threshold, minute, memory));
      }
    }
  }

  void write(BytesOut out) {
    out.number(psps.size());
    psps.forEach((psp, track) -> {
      out.text(psp);
      track.write(out);
    });
  }

  void read(BytesIn in) {
    for (int left = in.count(); left > 0; left--) {
      String psp = in.text();
      Track track = new Track(Slice.TOTAL.with(Dimension.PSP, psp));
      track.read(in);
      psps.put(psp, track);
    }
  }
}
