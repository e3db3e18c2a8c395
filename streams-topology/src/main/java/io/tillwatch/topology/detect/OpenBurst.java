package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One suspected cause from its detection until its recovery.
 *
 * <pre>
 *   OPEN ──refined──► REFINED ──widened──► WIDENED
 *     └───────┬───────────┴──────────────────┘
 *             ▼          relapse
 *        RECOVERING ───────────────► the state before
 *             │ healthy for CLOSE_MINUTES
 *             ▼
 *          CLOSED
 * </pre>
 *
 * <p>Recovery is tested as onset is: a cumulative sum of the evidence against a shift that is
 * {@link #RECOVERED_SHARE} of the worst one. Both ways there is hysteresis.
 */
final class OpenBurst {

  /** Ages in minutes at which its cells are located anew with all that is known by then. */
  static final int FIRST_REFINEMENT = 3;

  static final int LAST_REFINEMENT = 5;

  /** Age at which what was an outage is taken for the new normal. */
  static final int GIVE_UP_MINUTES = 360;

  /** Of a burst that was opened when its minute was over. */
  static final long NOT_EARLY = -1;

  private static final double RECOVERED_SHARE = .4;
  private static final double RECOVERED_SHIFT_MIN = .35;
  private static final double SIGN_OF_RECOVERY = 3;
  private static final double PROOF_OF_RECOVERY = 7;
  private static final double RECOVERY_CAP = 12;
  private static final int CLOSE_MINUTES = 5;
  private static final int SHIFT_WINDOW_MINUTES = 10;
  private static final double SHIFT_MAX = 6;
  private static final int RECENT_MINUTES = 5;

  final String id;
  final int slot;
  final long onset;
  final long detectedAt;
  final double statistic;
  final double threshold;

  List<RootCell> roots = new ArrayList<>();
  Stretch before = new Stretch();
  Stretch since = new Stretch();
  long trafficSince;
  double confidence;
  int revision;
  int ageMinutes;
  long closedAt;
  BurstState located = BurstState.OPEN;

  /**
   * Start of the minute in which it was opened before the minute was over. Not in a checkpoint: by
   * then that minute is over.
   */
  long earlyIn = NOT_EARLY;

  /** What it adds to the logit of its leaves' failure probability now, and at worst. */
  double shift;

  private double worstShift;
  private double recovery;
  private int healthyMinutes;
  private final double[] recentLost = new double[RECENT_MINUTES];

  /** What never changes about a burst. */
  record Birth(
      String id, int slot, long onset, long detectedAt, double statistic, double threshold) {}

  OpenBurst(Birth birth) {
    this.id = birth.id();
    this.slot = birth.slot();
    this.onset = birth.onset();
    this.detectedAt = birth.detectedAt();
    this.statistic = birth.statistic();
    this.threshold = birth.threshold();
  }

  BurstState state() {
    if (closedAt > 0) {
      return BurstState.CLOSED;
    }
    return isRecovering() ? BurstState.RECOVERING : located;
  }

  /** Whether it was opened in this minute, before it was over. */
  boolean isEarly(long minuteMillis) {
    return earlyIn == minuteMillis;
  }

  boolean isRecovering() {
    return recovery >= SIGN_OF_RECOVERY;
  }

  List<Slice> slices() {
    return roots.stream().map(root -> root.slice).toList();
  }

  /** Successes lost per minute over the last minutes. */
  double lostPerMinute() {
    double sum = 0;
    for (double lost : recentLost) {
      sum += lost;
    }
    return Math.max(0, sum / Math.max(1, Math.min(RECENT_MINUTES, ageMinutes + 1)));
  }

  /** Takes other root cells and counts again, from the onset until now. */
  void locate(List<Slice> slices, Memory memory, long now) {
    roots = new ArrayList<>(slices.stream().map(RootCell::new).toList());
    memory.claims.set(slot, new Claims.Claim(slices, onset, Claims.OPEN), memory.leaves);
    before = new Stretch();
    since = new Stretch();
    trafficSince = 0;
    long hour = 60 * Watch.MINUTE_MILLIS;
    LeafSet held = held(memory);
    for (Minute minute : memory.ring.between(onset - hour, onset)) {
      before.minutes++;
      for (int row : rowsOf(minute, held)) {
        before.add(minute, row, memory.leaves);
      }
    }
    for (Minute minute : memory.ring.between(onset, now)) {
      count(minute, held, memory);
    }
    fitShift(memory, held, now);
    worstShift = shift;
  }

  /** Takes in one more minute. */
  void add(Minute minute, Memory memory) {
    ageMinutes++;
    LeafSet held = held(memory);
    RootCell now = count(minute, held, memory);
    double test = -againstRecovery(minute, held, memory);
    recovery = Math.clamp(recovery + test, 0, RECOVERY_CAP);
    healthyMinutes = isRecovering() ? healthyMinutes + 1 : 0;
    if (now.judged() > 0 && !isRecovering()) {
      fitShift(memory, held, minute.at + Watch.MINUTE_MILLIS);
      worstShift = Math.max(worstShift, shift);
    }
  }

  boolean isOver() {
    return healthyMinutes >= CLOSE_MINUTES && recovery >= PROOF_OF_RECOVERY;
  }

  /** Adds the minute's rows to the counts; answers with all of them together. */
  private RootCell count(Minute minute, LeafSet held, Memory memory) {
    RootCell all = new RootCell(Slice.TOTAL);
    since.minutes += minute.partOver();
    for (int row = 0; row < minute.rows(); row++) {
      trafficSince += minute.judged(row);
    }
    for (int row : rowsOf(minute, held)) {
      since.add(minute, row, memory.leaves);
      all.add(minute, row, memory);
      rootOf(memory.leaves.slice(minute.leaf[row])).add(minute, row, memory);
    }
    int at = (int) (minute.at / Watch.MINUTE_MILLIS % RECENT_MINUTES);
    recentLost[at] = all.failures() - all.failuresExpected();
    return all;
  }

  private LeafSet held(Memory memory) {
    return LeafSet.claimed(memory.claims, slot, memory.leaves);
  }

  private static int[] rowsOf(Minute minute, LeafSet held) {
    int[] rows = new int[Math.min(held.size(), minute.rows())];
    return Arrays.copyOf(rows, minute.rowsOf(held, rows));
  }

  private RootCell rootOf(Slice leaf) {
    for (RootCell root : roots) {
      if (root.slice.covers(leaf)) {
        return root;
      }
    }
    throw new IllegalStateException("%s is under no root cell of %s".formatted(leaf, slices()));
  }

  /** Evidence of the minute that most of the shift is still there. */
  private double againstRecovery(Minute minute, LeafSet held, Memory memory) {
    double theta = Math.max(RECOVERED_SHIFT_MIN, RECOVERED_SHARE * worstShift);
    double sum = 0;
    for (int row : rowsOf(minute, held)) {
      int judged = minute.judged(row);
      double slope = Shift.slope(memory.leaves.expected[minute.leaf[row]], theta);
      double ratio = theta * minute.failures(row) + slope * judged;
      sum += memory.baseline.effective(judged) * ratio;
    }
    return sum;
  }

  /** Newton's method for the shift that explains the last minutes. */
  private void fitShift(Memory memory, LeafSet held, long now) {
    long from = Math.max(onset, now - SHIFT_WINDOW_MINUTES * Watch.MINUTE_MILLIS);
    List<Minute> minutes = memory.ring.between(from, now);
    List<int[]> rows = minutes.stream().map(minute -> rowsOf(minute, held)).toList();
    double fitted = 0;
    for (int step = 0; step < 8; step++) {
      double gap = 0;
      double variance = .5;
      for (int i = 0; i < minutes.size(); i++) {
        Minute minute = minutes.get(i);
        for (int row : rows.get(i)) {
          int judged = minute.judged(row);
          double q = Shift.shifted(memory.leaves.expected[minute.leaf[row]], fitted);
          gap += minute.failures(row) - judged * q;
          variance += judged * q * (1 - q);
        }
      }
      fitted = Math.clamp(fitted + Math.clamp(gap / variance, -2, 2), 0, SHIFT_MAX);
    }
    shift = fitted;
  }

  void write(BytesOut out) {
    out.text(id).number(slot).number(onset).number(detectedAt).real(statistic).real(threshold);
    out.number(roots.size());
    roots.forEach(root -> root.write(out));
    before.write(out);
    since.write(out);
    out.number(trafficSince).real(confidence).number(revision).number(ageMinutes);
    out.text(located.name()).real(shift).real(worstShift).real(recovery).number(healthyMinutes);
    out.reals(recentLost, recentLost.length);
  }

  static OpenBurst read(BytesIn in) {
    OpenBurst burst =
        new OpenBurst(
            new Birth(in.text(), in.count(), in.number(), in.number(), in.real(), in.real()));
    for (int left = in.count(); left > 0; left--) {
      burst.roots.add(RootCell.read(in));
    }
    burst.before = Stretch.read(in);
    burst.since = Stretch.read(in);
    burst.trafficSince = in.number();
    burst.confidence = in.real();
    burst.revision = in.count();
    burst.ageMinutes = in.count();
    burst.located = BurstState.valueOf(in.text());
    burst.shift = in.real();
    burst.worstShift = in.real();
    burst.recovery = in.real();
    burst.healthyMinutes = in.count();
    double[] lost = in.reals();
    System.arraycopy(lost, 0, burst.recentLost, 0, RECENT_MINUTES);
    return burst;
  }
}
