package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import java.time.Instant;
import java.util.List;

/** Tells a broken objective as it stands: observed against what it is held to. */
final class ObjectiveReport {

  private static final double P95 = .95;

  private ObjectiveReport() {}

  static Burst of(BrokenSlice broken, Memory memory, long now) {
    Terms terms = broken.terms;
    Subject subject = memory.subject;
    Burst.Builder told = Burst.newBuilder();
    told.setBurstId(broken.id);
    told.setTenant(subject.tenant());
    told.setRule(terms.rule());
    told.setRevision(++broken.revision);
    told.setState(broken.state());
    told.setKind(subject.kind());
    told.setKpi(terms.kpi());
    told.setRootCells(
        List.of(
            new SliceEvidence(
                broken.slice.toMap(),
                broken.judged,
                broken.judged - broken.bad,
                broken.judged * (1 - terms.allowed()),
                terms.evidence(broken.judged, broken.bad))));
    told.setOnsetAt(Instant.ofEpochMilli(broken.onset));
    told.setDetectedAt(Instant.ofEpochMilli(broken.detectedAt));
    told.setUpdatedAt(Instant.ofEpochMilli(now));
    told.setClosedAt(
        broken.state() == BurstState.CLOSED ? Instant.ofEpochMilli(broken.closedAt) : null);
    told.setEvents(broken.judged);
    value(told, broken);
    told.setRateEffect(told.getObserved() - told.getExpected());
    double lost = terms.isOfFailures() ? broken.beyond() : 0;
    told.setApprovalsLost(lost);
    told.setAmountAtRisk(BurstReport.amountAtRisk(broken.before, broken.since, lost));
    told.setApprovalsLostPerMinute(terms.isOfFailures() ? broken.lostPerMinute : 0);
    told.setShareOfTraffic(
        broken.trafficSince == 0
            ? 0
            : Math.min(1, (double) broken.since.judged / broken.trafficSince));
    told.setTrafficRatio(
        BurstReport.ratio(broken.since.judgedPerMinute(), broken.before.judgedPerMinute()));
    told.setTicketRatio(BurstReport.ticketRatio(broken.before.facts, broken.since.facts));
    BurstReport.retries(told, subject, broken.before, broken.since);
    told.setReasonShifts(BurstReport.reasonShifts(broken.before, broken.since));
    told.setTechnicalShareBefore(broken.before.technicalShare());
    told.setTechnicalShareSince(broken.since.technicalShare());
    told.setLatencyP95BeforeMillis(broken.before.facts.latency.quantile(P95));
    told.setLatencyP95SinceMillis(broken.since.facts.latency.quantile(P95));
    told.setHealthySiblings(List.of());
    told.setConfidence(1 - Math.exp(-broken.statistic));
    told.setStatistic(broken.statistic);
    told.setThreshold(broken.threshold);
    return told.build();
  }

  /** A rate, or for latency and lag the time within which as many as are asked for were done. */
  private static void value(Burst.Builder told, BrokenSlice broken) {
    Terms terms = broken.terms;
    if (terms.kpi() == Kpi.LATENCY || terms.kpi() == Kpi.WEBHOOK_LAG) {
      double share = 1 - terms.allowed();
      double spread = Measure.Z95 * Math.sqrt(share * terms.allowed() / Math.max(1, broken.judged));
      told.setObserved(broken.since.facts.latency.quantile(share));
      told.setExpected(terms.withinMillis());
      told.setIntervalLow(broken.since.facts.latency.quantile(Math.max(0, share - spread)));
      told.setIntervalHigh(broken.since.facts.latency.quantile(Math.min(1, share + spread)));
      return;
    }
    double bad = broken.judged == 0 ? 0 : (double) broken.bad / broken.judged;
    double observed = Measure.value(terms.kpi(), bad);
    told.setObserved(observed);
    told.setExpected(Measure.value(terms.kpi(), terms.allowed()));
    told.setIntervalLow(Measure.wilsonLow(observed, broken.judged));
    told.setIntervalHigh(Measure.wilsonHigh(observed, broken.judged));
  }
}
