package io.tillwatch.topology.detect;

import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Axes;
import io.tillwatch.topology.localise.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * All that a watch remembers.
 *
 * <p>It changes in three ways: with each minute, every {@link Baseline#DELAY_MINUTES} minutes when
 * it learns, and when something is found in a minute that is not over. Every so often it is written
 * as one checkpoint; a checkpoint, the minutes around it and what was found early give the very
 * same memory again.
 */
final class Memory {

  /** A multiple of the checkpoint's: what is forgotten must not be in the checkpoint any more. */
  private static final long EVICT_EVERY_MINUTES = 6L * Journal.CHECKPOINT_MINUTES;

  private static final double FORGOTTEN_ATTEMPTS = .5;

  WatchSettings settings;
  final Subject subject;

  final Leaves leaves = new Leaves();
  final Ring ring = new Ring();
  final Claims claims = new Claims();
  final Baseline baseline;
  final Drift drift = new Drift();
  final Cusum cusum;
  final Silence silence;
  final Episodes episodes = new Episodes();
  final Slowness slowness = new Slowness();
  final Deliveries deliveries;
  final Objectives objectives;
  final List<OpenBurst> bursts = new ArrayList<>();

  /** Root cells of the failures' bursts after this minute, where that is another memory. */
  List<Slice> failing = List.of();

  Layout layout = new Layout(0);
  private Axes axes;
  private int[] cuboids = {0};

  /** Start of the last minute taken; 0 before the first. */
  long last;

  /** Events of leaves for which there was no room. */
  long unwatched;

  /**
   * A memory of nothing yet.
   *
   * @param volumeBudgetMinutes one false alarm of silence, or of owed events, in so many minutes
   * @param objectives watches that hold the subject to something
   */
  Memory(
      WatchSettings settings,
      Subject subject,
      double volumeBudgetMinutes,
      List<WatchRule> objectives) {
    this.settings = settings;
    this.subject = subject;
    this.baseline = new Baseline(subject, new Holidays(settings.calendar()));
    this.axes = new Axes(settings.dimensions());
    this.cusum = new Cusum(settings.falseAlarmBudgetMinutes(), subject.firstShift());
    this.silence = new Silence(volumeBudgetMinutes);
    this.deliveries = new Deliveries(volumeBudgetMinutes);
    this.objectives = new Objectives(objectives);
  }

  /** Judges by other rules from the next minute on; what is known and open stays. */
  void follow(WatchSettings others, double volumeBudgetMinutes, List<WatchRule> rules) {
    settings = others;
    baseline.know(new Holidays(others.calendar()));
    cusum.budget(others.falseAlarmBudgetMinutes());
    silence.budget(volumeBudgetMinutes);
    deliveries.budget(volumeBudgetMinutes);
    objectives.follow(rules);
  }

  /** Watches one more leaf. */
  void addLeaf(Slice leaf) {
    int index = leaves.add(leaf);
    axes.add(leaf);
    layout.add(leaf);
    leaves.claims[index] = claims.bitsOf(leaf);
    baseline.expect(layout, leaves, index);
  }

  /** Root cells of the open bursts. */
  List<Slice> openRoots() {
    return bursts.stream().flatMap(burst -> burst.slices().stream()).toList();
  }

  boolean hasLearned() {
    return baseline.learnedMinutes() >= settings.learnMinutes();
  }

  /** Whether a checkpoint is due, after the minute that ended now. */
  static boolean isCheckpointTime(long now) {
    return now / Watch.MINUTE_MILLIS % Journal.CHECKPOINT_MINUTES == 0;
  }

  /** Whether it is time to learn, after the minute that ended now. */
  static boolean isLearningTime(long now) {
    return now / Watch.MINUTE_MILLIS % Baseline.DELAY_MINUTES == 0;
  }

  /**
   * Learns from the minutes that are old enough, and forgets.
   *
   * @return numbers of the leaves that were forgotten
   */
  List<Long> learn(long now) {
    long delay = Baseline.DELAY_MINUTES * Watch.MINUTE_MILLIS;
    long block = Drift.BLOCK_MINUTES * Watch.MINUTE_MILLIS;
    if (hasLearned() && !subject.isPromise() && now % block == 0) {
      List<Minute> minutes = ring.between(now - delay - block, now - delay);
      drift.learn(minutes, layout, leaves, baseline, claims);
    }
    baseline.learn(ring.between(now - 2 * delay, now - delay), leaves, claims);
    boolean evicts = now / Watch.MINUTE_MILLIS % EVICT_EVERY_MINUTES == 0;
    List<Long> forgotten = evicts ? forget(now) : List.of();
    int[] wanted = axes.cuboids(settings.leavesMax(), settings.cellsMax());
    if (!forgotten.isEmpty() || !Arrays.equals(wanted, cuboids)) {
      cuboids = wanted;
      layOut();
    }
    if (subject.isDuration()) {
      slowness.learn(this, now);
    }
    baseline.fit(layout, leaves, claims, now);
    claims.expire(now - Ring.MINUTES * Watch.MINUTE_MILLIS, leaves);
    return forgotten;
  }

  /** Drops leaves that have had no traffic for long. */
  private List<Long> forget(long now) {
    boolean[] kept = new boolean[leaves.size()];
    List<Long> forgotten = new ArrayList<>();
    long stored = now - Journal.STORED_MINUTES * Watch.MINUTE_MILLIS;
    for (int leaf = 0; leaf < kept.length; leaf++) {
      kept[leaf] = leaves.attempts[leaf] >= FORGOTTEN_ATTEMPTS || leaves.lastSeen[leaf] >= stored;
      if (!kept[leaf]) {
        forgotten.add(leaves.number(leaf));
      }
    }
    if (!forgotten.isEmpty()) {
      ring.reindex(leaves.keep(kept));
      axes = new Axes(settings.dimensions());
      for (int leaf = 0; leaf < leaves.size(); leaf++) {
        axes.add(leaves.slice(leaf));
      }
      cuboids = axes.cuboids(settings.leavesMax(), settings.cellsMax());
    }
    return forgotten;
  }

  private void layOut() {
    Layout fresh = layoutOf(cuboids);
    baseline.carry(layout, fresh);
    drift.carry(layout, fresh);
    cusum.carry(layout, fresh);
    layout = fresh;
  }

  private Layout layoutOf(int[] masks) {
    Layout fresh = new Layout(masks);
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      fresh.add(leaves.slice(leaf));
    }
    return fresh;
  }

  /** The whole memory but for the minutes in the ring. */
  byte[] write() {
    BytesOut out = new BytesOut();
    out.number(last).number(unwatched).number(cuboids.length);
    for (int mask : cuboids) {
      out.number(mask);
    }
    leaves.write(out);
    baseline.write(out, layout);
    drift.write(out, layout);
    cusum.write(out, layout);
    claims.write(out);
    out.number(bursts.size());
    bursts.forEach(burst -> burst.write(out));
    silence.write(out);
    episodes.write(out);
    slowness.write(out);
    deliveries.write(out);
    objectives.write(out);
    return out.toBytes();
  }

  /** Takes back what {@link #write} wrote, in the format of then. */
  void read(byte[] bytes, int format, Map<Long, Slice> names) {
    BytesIn in = new BytesIn(bytes, 0, format);
    last = in.number();
    unwatched = in.number();
    cuboids = new int[in.count()];
    for (int i = 0; i < cuboids.length; i++) {
      cuboids[i] = in.count();
    }
    leaves.read(in, names);
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      axes.add(leaves.slice(leaf));
    }
    layout = layoutOf(cuboids);
    baseline.read(in);
    drift.read(in);
    cusum.read(in);
    claims.read(in, leaves);
    for (int left = in.count(); left > 0; left--) {
      bursts.add(OpenBurst.read(in));
    }
    silence.read(in);
    episodes.read(in);
    slowness.read(in);
    deliveries.read(in);
    objectives.read(in);
  }
}
