package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Cause;
import io.tillwatch.topology.localise.CubeScan;
import io.tillwatch.topology.localise.LeafWindow;
import io.tillwatch.topology.localise.RateEvidence;
import io.tillwatch.topology.localise.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** From triggered cells to causes worth telling: gate, localise, and enough failures. */
final class Hunt {

  /** Triggers looked at in one minute: the clearest ones; their relatives say the same. */
  private static final int TRIGGERS_MAX = 8;

  /** A located cell has to pass the gate nearly as clearly as the cell that triggered. */
  private static final double LOCATED_GATE = .7;

  private static final int ONSET_MINUTES_MAX = 120;
  private static final double SMALL_LEAF_SHARE = .25;
  private static final int ONE_PAYER_FAILURES_MAX = 24;

  /** A leaf with more attempts than chance makes in one of thirty leaves is busy. */
  private static final double BUSY_DEVIATIONS = 2;

  private final Memory memory;
  private final double strength;
  private final Gate gate;

  /** By cell: why it is or is not part of a burst, this minute. */
  private final List<Reasoned> reasoned = new ArrayList<>();

  /**
   * A hunt for causes whose evidence passes the gate so many times over.
   *
   * @param strength 1 when all that will ever be known is known
   */
  Hunt(Memory memory, double strength) {
    this.memory = memory;
    this.strength = strength;
    this.gate = new Gate(memory);
  }

  /** One located cell. */
  record Found(Slice slice, long onset, double confidence, double statistic, double threshold) {}

  List<Reasoned> reasoned() {
    return reasoned;
  }

  /** The causes behind these triggers, strongest first. */
  List<Found> causes(List<Cusum.Trigger> triggers, long now) {
    Gate.Outcome best = null;
    for (Cusum.Trigger trigger : triggers.subList(0, Math.min(TRIGGERS_MAX, triggers.size()))) {
      Gate.Outcome outcome = gate.examine(trigger.cell(), now);
      explain(
          trigger.cell(),
          outcome.ratio() >= strength ? Verdict.NOT_LOCATED : Verdict.WITHIN_DRIFT,
          outcome.ratio());
      if (best == null || outcome.ratio() > best.ratio()) {
        best = outcome;
      }
    }
    if (best == null || best.ratio() < strength) {
      return List.of();
    }
    return locate(now - best.windowMinutes() * Watch.MINUTE_MILLIS, now, -1);
  }

  /** The causes since some time, with the leaves that the burst of this slot claims. */
  List<Found> locate(long from, long now, int slot) {
    LeafWindow window = new LeafWindow(memory.leaves.size());
    for (Minute minute : memory.ring.between(from, now)) {
      for (int row = 0; row < minute.rows(); row++) {
        int judged = minute.judged(row);
        if (judged > 0 && isFree(minute, row, slot)) {
          double weight = memory.baseline.effective(judged);
          window.add(minute.leaf[row], weight * judged, weight * minute.failures(row));
        }
      }
    }
    List<Found> found = new ArrayList<>();
    CubeScan scan = new CubeScan(memory.layout);
    for (Cause cause : scan.causes(new RateEvidence(window, memory.leaves.expected))) {
      double ratio = gate.ratio(cause.cell(), window, cause.evidence());
      LeafSet held = LeafSet.ofCell(memory.layout, cause.cell());
      long onset = onset(cause, held, now, slot);
      if (ratio < LOCATED_GATE * strength) {
        explain(cause.cell(), Verdict.WITHIN_DRIFT, ratio);
      } else if (!isEnough(held, onset, now, slot)) {
        explain(cause.cell(), Verdict.TOO_FEW_FAILURES, ratio);
      } else {
        explain(cause.cell(), Verdict.FIRED, ratio);
        found.add(
            new Found(
                memory.layout.slice(cause.cell()),
                onset,
                cause.confidence(),
                cause.evidence(),
                memory.cusum.threshold(memory.layout, cause.cell())));
      }
    }
    return found;
  }

  private void explain(int cell, Verdict verdict, double ratio) {
    Slice slice = memory.layout.slice(cell);
    reasoned.removeIf(before -> before.slice().equals(slice));
    double statistic = memory.cusum.statistic(memory.layout, cell);
    reasoned.add(new Reasoned(slice, verdict, statistic, ratio));
  }

  private boolean isFree(Minute minute, int row, int slot) {
    long bits = memory.leaves.claims[minute.leaf[row]];
    return !memory.claims.coversBeside(slot, bits, minute.at);
  }

  /** The minute from which on the evidence is largest: the likeliest time of the change. */
  private long onset(Cause cause, LeafSet held, long now, int slot) {
    double theta = Shift.theta(cause.shift());
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    long onset = now - Watch.MINUTE_MILLIS;
    Iterator<Minute> back = memory.ring.backwards();
    for (int i = 0; i < ONSET_MINUTES_MAX && back.hasNext(); i++) {
      Minute minute = back.next();
      int[] rows = new int[Math.min(held.size(), minute.rows())];
      int count = minute.rowsOf(held, rows);
      for (int found = 0; found < count; found++) {
        int row = rows[found];
        if (isFree(minute, row, slot)) {
          int judged = minute.judged(row);
          double slope = memory.leaves.slope(minute.leaf[row], cause.shift());
          double ratio = theta * minute.failures(row) + slope * judged;
          sum += memory.baseline.effective(judged) * ratio;
        }
      }
      if (sum > largest) {
        largest = sum;
        onset = minute.at;
      }
    }
    return onset;
  }

  /**
   * Whether enough failed to tell anybody; two thirds are enough when they are spread over half as
   * many leaves. One payer who tries again and again is no incident: retries do not count, not most
   * of it may be in one small leaf, and a leaf that is suddenly busy is left out.
   */
  private boolean isEnough(LeafSet held, long onset, long now, int slot) {
    Counts counts = new Counts(memory.leaves.size());
    for (Minute minute : memory.ring.between(onset, now)) {
      int[] rows = new int[Math.min(held.size(), minute.rows())];
      int count = minute.rowsOf(held, rows);
      for (int i = 0; i < count; i++) {
        if (isFree(minute, rows[i], slot)) {
          counts.add(minute, rows[i], memory.leaves);
        }
      }
    }
    int most = counts.mostBeyond();
    double minutes = (now - onset) / (double) Watch.MINUTE_MILLIS;
    double usual = memory.baseline.perMinute(memory.leaves.attempts[most]) * minutes;
    double busy = usual + BUSY_DEVIATIONS * Math.sqrt(usual) + 1;
    boolean isBusy = counts.judged[most] > busy;
    boolean isFew = counts.failures[most] < ONE_PAYER_FAILURES_MAX;
    return isEnough(counts)
        && !(isFew && isMostlyOneSmallLeaf(held, counts, most))
        && !(isFew && isBusy && !isEnough(counts.without(most)));
  }

  private boolean isEnough(Counts counts) {
    long payments = Arrays.stream(counts.payments).sum();
    long spread = Arrays.stream(counts.failures).filter(count -> count > 0).count();
    return isEnough(payments, spread, memory.settings.failuresMin());
  }

  /** Whether so many failed payments, in so many leaves, are enough. */
  static boolean isEnough(long payments, long spread, int least) {
    return payments >= least || payments * 3 >= least * 2L && spread * 2 >= least;
  }

  /** Whether most of it happened in one leaf that usually has little of the cell's traffic. */
  private boolean isMostlyOneSmallLeaf(LeafSet held, Counts counts, int most) {
    double attempts = 0;
    for (int i = 0; i < held.size(); i++) {
      attempts += memory.leaves.attempts[held.leaf(i)];
    }
    return counts.beyond[most] > Arrays.stream(counts.beyond).sum() / 2
        && memory.leaves.attempts[most] < SMALL_LEAF_SHARE * attempts;
  }

  /** What the leaves of a located cell counted since its onset. */
  private record Counts(double[] beyond, long[] judged, long[] failures, long[] payments) {

    Counts(int leaves) {
      this(new double[leaves], new long[leaves], new long[leaves], new long[leaves]);
    }

    void add(Minute minute, int row, Leaves leaves) {
      int leaf = minute.leaf[row];
      int failed = minute.failures(row);
      judged[leaf] += minute.judged(row);
      failures[leaf] += failed;
      beyond[leaf] += failed - minute.judged(row) * leaves.expected[leaf];
      payments[leaf] += failed == 0 ? 0 : Math.min(failed, minute.firstAttempts(row));
    }

    /** The leaf with the most failures beyond what was expected. */
    int mostBeyond() {
      int most = 0;
      for (int leaf = 1; leaf < beyond.length; leaf++) {
        most = beyond[leaf] > beyond[most] ? leaf : most;
      }
      return most;
    }

    Counts without(int leaf) {
      Counts rest = new Counts(beyond.clone(), judged.clone(), failures.clone(), payments.clone());
      rest.beyond[leaf] = 0;
      rest.judged[leaf] = 0;
      rest.failures[leaf] = 0;
      rest.payments[leaf] = 0;
      return rest;
    }
  }
}
