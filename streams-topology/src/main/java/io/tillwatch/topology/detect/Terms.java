package io.tillwatch.topology.detect;

import io.tillwatch.rules.watch.Objective;
import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.topology.cell.LatencySketch;
import java.util.Objects;

/**
 * What a slice is held to, and under which name.
 *
 * @param rule name of the watch
 * @param allowed share of events that may be bad
 * @param withinMillis how long an event may take; 0 when it is not about durations
 */
record Terms(String rule, Kpi kpi, double allowed, long withinMillis) {

  static Terms of(WatchRule rule) {
    Objective objective = Objects.requireNonNull(rule.objective(), "a watch with an objective");
    return new Terms(
        rule.name(),
        Kpi.valueOf(rule.kpi().name()),
        objective.badAtMost(),
        objective.within().toMillis());
  }

  /** Events of a row that can be good or bad. */
  int judged(Minute minute, int row) {
    return withinMillis > 0 ? (int) durations(minute, row).count() : minute.judged(row);
  }

  /** Those of them that are bad. */
  int bad(Minute minute, int row) {
    if (withinMillis > 0) {
      return tooLong(durations(minute, row));
    }
    return kpi == Kpi.TECHNICAL_SUCCESS_RATE
        ? Math.min(minute.judged(row), minute.technicalFailures(row))
        : minute.failures(row);
  }

  private static LatencySketch durations(Minute minute, int row) {
    Facts facts = new Facts();
    minute.addTo(facts, row);
    return facts.latency;
  }

  private int tooLong(LatencySketch durations) {
    int limit = LatencySketch.bucketOf(withinMillis);
    long bad = 0;
    for (int i = 0; i < durations.size(); i++) {
      bad += durations.bucket(i) > limit ? durations.countOf(i) : 0;
    }
    return (int) bad;
  }

  /** Whether what is bad failed. */
  boolean isOfFailures() {
    return withinMillis == 0 && kpi != Kpi.REASON_MIX;
  }

  /**
   * How sure it is that more is bad than is allowed: the log-likelihood ratio of the share that was
   * seen against the one that is allowed. By Chernoff's bound it exceeds {@code x} with a
   * probability of at most {@code exp(-x)} where the objective is just kept.
   */
  double evidence(long judged, long bad) {
    double share = judged == 0 ? 0 : (double) bad / judged;
    if (share <= allowed) {
      return 0;
    }
    double good = share >= 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - allowed));
    return judged * (share * Math.log(share / allowed) + good);
  }

  boolean isKept(long judged, long bad) {
    return bad <= allowed * judged;
  }

  void write(BytesOut out) {
    out.text(rule).text(kpi.name()).real(allowed).number(withinMillis);
  }

  static Terms read(BytesIn in) {
    return new Terms(in.text(), Kpi.valueOf(in.text()), in.real(), in.number());
  }
}
