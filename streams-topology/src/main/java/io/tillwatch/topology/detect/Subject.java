package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.topology.cell.LatencySketch;
import io.tillwatch.topology.localise.Shift;

/**
 * What a watch looks at: a share of events that rises when something is wrong.
 *
 * <p>For most KPIs these are the failures among the judged events. For latency and lag they are the
 * slow ones among the measured (see {@link Slowness}), for the reason mix those with one reason
 * among all that have a reason, for the refund SLA those that took longer than was promised.
 *
 * @param tenant whose payments
 * @param detail the reason, for a mix of reasons; else empty
 */
record Subject(String tenant, EventKind kind, Kpi kpi, String detail) {

  /**
   * The smallest shift of interest, in logits: a median that is a third longer makes about 1. What
   * is a little slower for hours is weather; failures may creep.
   */
  private static final double SLOWER_BY = 1;

  private static final double EXPECTED_MIN = 1e-5;

  /** A refund is promised within a day, and one in twenty may take longer. */
  private static final long PROMISED_MILLIS = 86_400_000;

  private static final double LATE_AT_MOST = .05;

  /** A reason that is rarer than this is as good as new: how rare does not matter. */
  private static final double REASON_EXPECTED_MIN = .002;

  /** Failures of a kind of event. */
  static Subject failures(String tenant, EventKind kind) {
    return new Subject(tenant, kind, Measure.kpi(kind), "");
  }

  /** What it is of its kind. */
  Aspect aspect() {
    return new Aspect(kpi, kpi == Kpi.REASON_MIX ? Reason.valueOf(detail) : null);
  }

  /** Name of the rule that watches it, for example {@code auth-success-rate}. */
  String rule() {
    return Measure.rule(kind, kpi);
  }

  /** Whether it is the failures, where silence is listened for as well. */
  boolean isFailures() {
    return kpi == Measure.kpi(kind);
  }

  /**
   * Whether its share is held against what was promised, rather than against its own past: what was
   * never kept is no better for that.
   */
  boolean isPromise() {
    return kpi == Kpi.REFUND_SLA;
  }

  /** The share that is expected of a promise: as many may break it. */
  double promised() {
    return LATE_AT_MOST;
  }

  /** The highest bucket of a {@link LatencySketch} that keeps the promise. */
  int promisedBucket() {
    return LatencySketch.bucketOf(PROMISED_MILLIS);
  }

  /** The smallest share that is expected of any leaf. */
  double expectedMin() {
    return kpi == Kpi.REASON_MIX ? REASON_EXPECTED_MIN : EXPECTED_MIN;
  }

  /** The first of the {@link Shift}s that is of interest. */
  int firstShift() {
    int first = 0;
    while (isDuration() && Shift.theta(first) < SLOWER_BY) {
      first++;
    }
    return first;
  }

  /** Whether what rises is a share of slow events. */
  boolean isDuration() {
    return kpi == Kpi.LATENCY || kpi == Kpi.WEBHOOK_LAG;
  }
}
