package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hears when a PSP, or everything, falls silent.
 *
 * <p>What a PSP should have had in a minute is what the others had, times its usual ratio to them:
 * night, weekend and a sale move both. What all together should have had is at least half of the
 * recent mean. A Poisson log-likelihood ratio of a hundredth of that against all of it is summed up
 * as in {@link Cusum}: {@code x ln(.01) + .99 lambda}. Traffic that is merely rerouted, down to a
 * fifth, never adds up. Silence of a PSP that an open burst explains is not told again.
 *
 * <p>Only what flows steadily can fall silent: of events that come in batches, settlements above
 * all, most minutes have none, and the end of a batch says nothing. What was silent until the burst
 * was given up is learned anew.
 */
final class Silence {

  /** PSPs listened to; further ones are part of the total only. */
  private static final int TRACKS_MAX = 256;

  /** Decayed minutes of history before anything is expected. */
  private static final double LEARNED_MINUTES_MIN = 20;

  /**
   * Minutes with events, of as many as an even stream of that mean would have: steady from here.
   */
  private static final double STEADY_SHARE = .8;

  private static final double REMAINING_SHARE = .01;
  private static final double HALF_LIFE_MINUTES = 60;
  private static final double TOTAL_HALF_LIFE_MINUTES = 30;
  private static final double TOTAL_MARGIN = .5;

  /** Expected events a minute below which nobody could tell silence from a quiet night. */
  private static final double TOTAL_EXPECTED_MIN = 1;

  /**
   * Share of the traffic that planned work may take away: up to here silence of the total is still
   * heard, as half of the mean is enough for it.
   */
  private static final double AUDIBLE_WITHOUT = .5;

  /** The same up to which the others are still what a PSP is measured by. */
  private static final double LEARNS_WITHOUT = .1;

  private static final double EXPECTED_MIN = 20;
  private static final double OBSERVED_SHARE_MAX = .05;
  private static final double BACK_SHARE = .25;
  private static final int BACK_MINUTES = 3;

  private double budgetMinutes;
  private final Track total = new Track(Slice.TOTAL);
  private final TreeMap<String, Track> psps = new TreeMap<>();

  Silence(double budgetMinutes) {
    this.budgetMinutes = budgetMinutes;
  }

  /** Judges by another budget of false alarms from now on; sums go on. */
  void budget(double minutes) {
    budgetMinutes = minutes;
  }

  /** One thing listened to. */
  private static final class Track extends VolumeTrack {
    double own;
    double others;
    double minutes;
    double busyMinutes;

    Track(Slice slice) {
      super(slice);
    }

    @Override
    double share() {
      return own + others == 0 ? 0 : own / (own + others);
    }

    void learn(long ownEvents, long otherEvents, double halfLifeMinutes) {
      double decay = Math.pow(2, -1 / halfLifeMinutes);
      own = own * decay + ownEvents;
      others = others * decay + otherEvents;
      minutes = minutes * decay + 1;
      busyMinutes = busyMinutes * decay + (ownEvents > 0 ? 1 : 0);
    }

    /** Whether it has events in about as many minutes as an even stream, which are Poisson. */
    boolean isSteady() {
      return busyMinutes >= STEADY_SHARE * minutes * (1 - Math.exp(-own / minutes));
    }

    void forget() {
      own = 0;
      others = 0;
      minutes = 0;
      busyMinutes = 0;
    }

    @Override
    void write(BytesOut out) {
      out.real(own).real(others).real(minutes).real(busyMinutes);
      super.write(out);
    }

    @Override
    void read(BytesIn in) {
      own = in.real();
      others = in.real();
      minutes = in.real();
      busyMinutes = in.real();
      super.read(in);
    }
  }

  /** Takes one minute; answers with what is to be told. */
  List<Burst> add(Minute minute, Memory memory) {
    Map<String, Long> counts = countsByPsp(minute, memory.leaves);
    long all = counts.values().stream().mapToLong(count -> count).sum();
    for (String psp : counts.keySet()) {
      if (psps.size() < TRACKS_MAX) {
        psps.computeIfAbsent(psp, name -> new Track(Slice.TOTAL.with(Dimension.PSP, name)));
      }
    }
    List<Burst> told = new ArrayList<>();
    List<Slice> planned = memory.settings.planned(minute.at);
    double threshold = Math.log(budgetMinutes) + Math.log(1 + psps.size()) + 1;
    double expected = total.minutes < 1 ? 0 : TOTAL_MARGIN * total.own / total.minutes;
    double audible = expected < TOTAL_EXPECTED_MIN ? 0 : expected;
    double away = share(planned, memory.leaves);
    if (away <= AUDIBLE_WITHOUT) {
      listen(total, all, audible, threshold, minute, memory, told);
    } else if (!total.isOpen()) {
      total.forget(); // begins anew afterwards: by then it may be night
    }
    if (!total.isOpen() && away <= AUDIBLE_WITHOUT) {
      total.learn(all, 0, TOTAL_HALF_LIFE_MINUTES);
    }
    if (!minute.causes.isEmpty()) {
      leavePsps(threshold, minute, memory, told);
      return told;
    }
    for (Map.Entry<String, Track> entry : psps.entrySet()) {
      Track track = entry.getValue();
      if (planned.stream().anyMatch(track.slice::overlaps)) {
        startOver(track); // nobody waits for it
        continue;
      }
      long own = counts.getOrDefault(entry.getKey(), 0L);
      double usual = track.others < 1 ? 0 : track.own / track.others;
      listen(track, own, usual * (all - own), threshold, minute, memory, told);
      if (!track.isOpen() && away <= LEARNS_WITHOUT) {
        track.learn(own, all - own, HALF_LIFE_MINUTES);
      }
    }
    return told;
  }

  private static void startOver(Track track) {
    if (!track.isOpen()) {
      track.close();
      track.forget();
    }
  }

  /** Share of the usual traffic that runs where work is planned. */
  private static double share(List<Slice> planned, Leaves leaves) {
    if (planned.isEmpty()) {
      return 0;
    }
    double all = 0;
    double away = 0;
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      Slice slice = leaves.slice(leaf);
      all += leaves.attempts[leaf];
      away += planned.stream().anyMatch(p -> p.covers(slice)) ? leaves.attempts[leaf] : 0;
    }
    return all == 0 ? 1 : away / all;
  }

  /** What each PSP owes is known now, see {@link Deliveries}: it listens from here on. */
  private void leavePsps(double threshold, Minute minute, Memory memory, List<Burst> told) {
    for (Track track : psps.values()) {
      if (track.isOpen()) {
        told.add(VolumeReport.of(track, BurstState.CLOSED, threshold, minute, memory));
      }
      track.close();
      track.forget();
    }
  }

  /** Events of a minute by PSP; those without any are left out. */
  static Map<String, Long> countsByPsp(Minute minute, Leaves leaves) {
    long[] events = new long[leaves.psps.size()];
    for (int row = 0; row < minute.rows(); row++) {
      events[leaves.psp[minute.leaf[row]]] += minute.events(row);
    }
    Map<String, Long> counts = new TreeMap<>();
    for (int psp = 0; psp < events.length; psp++) {
      if (events[psp] > 0) {
        counts.put(leaves.psps.get(psp), events[psp]);
      }
    }
    return counts;
  }

  // What was heard, what was expected, and where to tell it.
  private void listen(
      Track track,
      long observed,
      double expected,
      double threshold,
      Minute minute,
      Memory memory,
      List<Burst> told) {
    if (!memory.hasLearned() || track.minutes < LEARNED_MINUTES_MIN) {
      return;
    }
    if (track.since == 0 && !track.isSteady()) {
      return; // judged before a silence, not by it
    }
    double step = observed * Math.log(REMAINING_SHARE) + (1 - REMAINING_SHARE) * expected;
    track.sum = Math.max(0, Math.min(track.sum + step, 4 * threshold));
    track.count(observed, expected, minute.at);
    if (track.isOpen()) {
      follow(track, observed, expected, minute, memory, told);
      return;
    }
    boolean silent = track.observedSince <= OBSERVED_SHARE_MAX * track.expectedSince;
    if (track.sum > threshold && track.expectedSince >= EXPECTED_MIN && silent) {
      track.open(minute, memory);
      if (track.isOpen()) {
        told.add(VolumeReport.of(track, BurstState.OPEN, threshold, minute, memory));
      }
    }
  }

  private static void follow(
      Track track, long observed, double expected, Minute minute, Memory memory, List<Burst> told) {
    boolean isBack = observed > 0 && observed >= BACK_SHARE * expected;
    BurstState state = track.follow(isBack, BACK_MINUTES);
    if (state != null) {
      told.add(VolumeReport.of(track, state, 0, minute, memory));
    }
    if (state == BurstState.CLOSED) {
      if (track.hasGivenUp()) {
        track.forget();
      }
      track.close();
    }
  }

  void write(BytesOut out) {
    total.write(out);
    out.number(psps.size());
    psps.forEach((psp, track) -> {
      out.text(psp);
      track.write(out);
    });
  }

  void read(BytesIn in) {
    total.read(in);
    for (int left = in.count(); left > 0; left--) {
      String psp = in.text();
      Track track = new Track(Slice.TOTAL.with(Dimension.PSP, psp));
      track.read(in);
      psps.put(psp, track);
    }
  }
}
