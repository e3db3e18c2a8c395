package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Works out why a cell was or was not part of a burst in a minute of the ring.
 *
 * <p>Of the last minute everything is as the watch has it. Of an earlier one it is known what was
 * thought of the cells that were looked at closely, and which bursts were open; of all others the
 * statistic is run over the ring again, from its oldest minute on. Expectations are always those of
 * today's baseline, which moves little in three hours, and not at all for leaves of an open burst.
 * It changes nothing; the work is that of one gate, and of a pass over the ring for an earlier
 * minute.
 */
final class Inquiry {

  private static final long ALL = -1;

  private final Memory memory;
  private final Slice slice;
  private final long at;
  private final long now;
  private final int cell;
  private final LeafSet held;

  private final Recall.@Nullable Past past;

  /** What was thought of the cell in the minute; null when it was not looked at closely. */
  private final @Nullable Reasoned then;

  /** What was explained when the minute was looked at: what it found was not yet. */
  private final long claims;

  Inquiry(Memory memory, Recall recall, Slice slice, long at) {
    this.memory = memory;
    this.slice = slice;
    this.at = at;
    this.now = at + Watch.MINUTE_MILLIS;
    this.cell = memory.layout.find(slice);
    this.held = LeafSet.coveredBy(slice, memory.leaves);
    this.past = recall.at(at);
    Recall.Past before = recall.before(at);
    this.then = past == null ? null : newThought(past, before);
    long open = before == null ? ALL : before.slots();
    Recall.Known found = then == null || past == null ? null : past.burstAround(slice);
    this.claims = memory.claims.madeBy(at, found == null ? open : open & ~(1L << found.slot()));
  }

  /** An open burst is located anew now and then: that says nothing new of what it explains. */
  private @Nullable Reasoned newThought(Recall.Past of, Recall.@Nullable Past before) {
    Recall.Known around = of.burstAround(slice);
    Recall.Known wasAround = before == null ? null : before.burstAround(slice);
    boolean isOld = around != null && wasAround != null && around.id().equals(wasAround.id());
    return isOld ? null : of.of(slice);
  }

  Explanation answer() {
    int missing = historyMissing();
    if (missing > 0) {
      return untested(Verdict.LEARNING, missing);
    }
    if (memory.settings.planned(at).stream().anyMatch(plan -> plan.covers(slice))) {
      return untested(Verdict.PLANNED_WORK, 0);
    }
    return cell < 0 ? untested(Verdict.NOT_TESTED, 0) : tested();
  }

  private Explanation untested(Verdict verdict, int historyMissing) {
    Totals minute = count(1, /* all= */ true);
    return new Explanation(
        memory.subject.aspect(),
        slice,
        at,
        verdict,
        false,
        minute.counted(),
        1,
        minute.counted(),
        0,
        0,
        0,
        0,
        memory.baseline.rho(),
        0,
        historyMissing,
        null);
  }

  private Explanation tested() {
    Gate gate = new Gate(memory);
    Gate.Outcome outcome = gate.examine(cell, now, claims);
    boolean isLast = at == memory.last;
    double threshold = memory.cusum.threshold(memory.layout, cell);
    double statistic = then != null ? then.statistic() : statistic(isLast);
    double ratio = then != null ? then.gate() : outcome.ratio();
    Totals window = count(outcome.windowMinutes(), /* all= */ false);
    Verdict verdict = then != null ? then.verdict() : verdict(statistic, threshold, ratio);
    int missing = window.missing(memory.settings.failuresMin());
    return new Explanation(
        memory.subject.aspect(),
        slice,
        at,
        verdict,
        then == null && !isLast,
        count(1, /* all= */ true).counted(),
        outcome.windowMinutes(),
        window.counted(),
        statistic,
        threshold,
        ratio,
        Math.sqrt(gate.wander(cell, LeafSet.ofCell(memory.layout, cell))),
        memory.baseline.rho(),
        verdict == Verdict.EXPLAINED ? 0 : missing,
        0,
        burst());
  }

  private double statistic(boolean isLast) {
    return isLast
        ? memory.cusum.statistic(memory.layout, cell)
        : memory.cusum.replay(memory, cell, held, claims, now);
  }

  private Verdict verdict(double statistic, double threshold, double ratio) {
    if (isExplained()) {
      return Verdict.EXPLAINED;
    }
    if (statistic <= threshold) {
      return Verdict.QUIET;
    }
    return ratio < 1 ? Verdict.WITHIN_DRIFT : Verdict.NOT_LOCATED;
  }

  private boolean isExplained() {
    return past == null ? memory.claims.explain(slice, at) : past.burstAround(slice) != null;
  }

  private @Nullable String burst() {
    if (past != null) {
      Recall.Known around = past.burstAround(slice);
      return around == null ? null : around.id();
    }
    for (OpenBurst burst : memory.bursts) {
      boolean isAround = burst.slices().stream().anyMatch(root -> root.covers(slice));
      if (burst.onset <= at && isAround) {
        return burst.id;
      }
    }
    return null;
  }

  /** Minutes of history that the baseline did not rest on yet. */
  private int historyMissing() {
    long learned = memory.baseline.learnedMinutes();
    for (long time = memory.last + Watch.MINUTE_MILLIS; time > now; time -= Watch.MINUTE_MILLIS) {
      learned -= Memory.isLearningTime(time) ? Baseline.DELAY_MINUTES : 0;
    }
    return (int) Math.max(0, memory.settings.learnMinutes() - Math.max(0, learned));
  }

  /**
   * What the cell counted in a window that ends with the minute.
   *
   * @param all whether also what bursts explain
   */
  private Totals count(int minutes, boolean all) {
    Totals totals = new Totals();
    Iterator<Minute> back = memory.ring.backwards();
    while (back.hasNext()) {
      Minute minute = back.next();
      if (minute.at < now - minutes * Watch.MINUTE_MILLIS) {
        break;
      }
      if (minute.at < now) {
        add(minute, all, totals);
      }
    }
    return totals;
  }

  private void add(Minute minute, boolean all, Totals totals) {
    int[] rows = new int[Math.min(held.size(), minute.rows())];
    int count = minute.rowsOf(held, rows);
    for (int i = 0; i < count; i++) {
      int leaf = minute.leaf[rows[i]];
      if (all || !memory.claims.covers(memory.leaves.claims[leaf] & claims, minute.at)) {
        totals.add(minute, rows[i], memory.leaves.expected[leaf]);
      }
    }
  }

  private static final class Totals {
    private long attempts;
    private long failures;
    private double expected;
    private long payments;
    private long spread;

    void add(Minute minute, int row, double failureProbability) {
      int failed = minute.failures(row);
      attempts += minute.judged(row);
      failures += failed;
      expected += minute.judged(row) * failureProbability;
      payments += failed == 0 ? 0 : Math.min(failed, minute.firstAttempts(row));
      spread += failed > 0 ? 1 : 0;
    }

    Explanation.Counted counted() {
      return new Explanation.Counted(attempts, failures, expected);
    }

    /** Failed payments that are missing for the least that is told. */
    int missing(int least) {
      return Hunt.isEnough(payments, spread, least) ? 0 : (int) (least - payments);
    }
  }
}
