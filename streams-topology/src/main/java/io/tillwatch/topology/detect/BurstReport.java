package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.topology.cell.LatencySketch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells a burst as it stands: rate, mix, impact, reasons, latency, healthy siblings. */
final class BurstReport {

  private static final int REASONS_MAX = 5;
  private static final double P95 = .95;
  private static final double MEDIAN = .5;

  private BurstReport() {}

  static Burst of(OpenBurst burst, Memory memory, long now) {
    Subject subject = memory.subject;
    Kpi kpi = subject.kpi();
    Stretch since = burst.since;
    Burst.Builder told = Burst.newBuilder();
    told.setBurstId(burst.id);
    told.setTenant(subject.tenant());
    told.setRule(subject.rule());
    told.setRevision(++burst.revision);
    told.setState(burst.state());
    told.setKind(subject.kind());
    told.setKpi(kpi);
    told.setRootCells(
        burst.roots.stream()
            .sorted(Comparator.comparingDouble(RootCell::evidence).reversed())
            .map(RootCell::toAvro)
            .toList());
    told.setOnsetAt(Instant.ofEpochMilli(burst.onset));
    told.setDetectedAt(Instant.ofEpochMilli(burst.detectedAt));
    told.setUpdatedAt(Instant.ofEpochMilli(now));
    told.setClosedAt(
        burst.state() == BurstState.CLOSED ? Instant.ofEpochMilli(burst.closedAt) : null);
    told.setEvents(since.judged);
    if (subject.isDuration()) {
      duration(told, burst);
    } else {
      rate(told, kpi, burst);
    }
    if (subject.isFailures()) {
      told.setApprovalsLost(Math.max(0, since.lost()));
      told.setAmountAtRisk(amountAtRisk(burst.before, since, since.lost()));
      told.setApprovalsLostPerMinute(burst.lostPerMinute());
    } else {
      // Slow, late or for another reason: none of them failed by that.
      told.setApprovalsLost(0);
      told.setAmountAtRisk(List.of());
      told.setApprovalsLostPerMinute(0);
    }
    told.setShareOfTraffic(
        burst.trafficSince == 0 ? 0 : (double) since.judged / burst.trafficSince);
    told.setTrafficRatio(ratio(since.judgedPerMinute(), burst.before.judgedPerMinute()));
    told.setTicketRatio(ticketRatio(burst.before.facts, since.facts));
    retries(told, subject, burst.before, since);
    told.setReasonShifts(reasonShifts(burst.before, since));
    told.setTechnicalShareBefore(burst.before.technicalShare());
    told.setTechnicalShareSince(since.technicalShare());
    told.setLatencyP95BeforeMillis(burst.before.facts.latency.quantile(P95));
    told.setLatencyP95SinceMillis(since.facts.latency.quantile(P95));
    told.setHealthySiblings(Siblings.healthy(burst, memory, now));
    told.setConfidence(burst.confidence);
    told.setStatistic(burst.statistic);
    told.setThreshold(burst.threshold);
    return told.build();
  }

  /**
   * Observed against expected, and the change split exactly into rate and mix: {@code R1 - R0 =
   * [(O1 - E1) / N1 - (O0 - E0) / N0] + [E1 / N1 - E0 / N0]}.
   */
  private static void rate(Burst.Builder told, Kpi kpi, OpenBurst burst) {
    Stretch since = burst.since;
    Stretch before = burst.before;
    double observed = Measure.value(kpi, since.failureRate());
    told.setObserved(observed);
    told.setExpected(Measure.value(kpi, since.expectedFailureRate()));
    told.setIntervalLow(Measure.wilsonLow(observed, since.judged));
    told.setIntervalHigh(Measure.wilsonHigh(observed, since.judged));
    double beyond = since.failureRate() - since.expectedFailureRate();
    double beyondBefore = before.failureRate() - before.expectedFailureRate();
    double mix = since.expectedFailureRate() - before.expectedFailureRate();
    told.setRateEffect(Measure.change(kpi, beyond - beyondBefore));
    told.setMixEffect(before.judged == 0 ? 0.0 : Measure.change(kpi, mix));
  }

  /** The median before and since, milliseconds. */
  private static void duration(Burst.Builder told, OpenBurst burst) {
    LatencySketch since = burst.since.facts.latency;
    double observed = since.quantile(MEDIAN);
    double expected = burst.before.facts.latency.quantile(MEDIAN);
    double spread = Measure.Z95 * .5 / Math.sqrt(Math.max(1, since.count()));
    told.setObserved(observed);
    told.setExpected(expected);
    told.setIntervalLow(since.quantile(Math.max(0, MEDIAN - spread)));
    told.setIntervalHigh(since.quantile(Math.min(1, MEDIAN + spread)));
    told.setRateEffect(observed - expected);
    told.setMixEffect(0.0);
  }

  /** Successes lost, at the average ticket and in the currencies of the successes before. */
  static List<Money> amountAtRisk(Stretch before, Stretch since, double losses) {
    Facts facts = before.facts.tickets.isEmpty() ? since.facts : before.facts;
    long successes = facts.tickets.values().stream().mapToLong(ticket -> ticket[0]).sum();
    List<Money> amounts = new ArrayList<>();
    if (successes > 0) {
      double lost = Math.max(0, losses);
      facts.tickets.forEach((currency, ticket) -> {
        long amount = Math.round(lost * ticket[1] / successes);
        if (amount > 0) {
          amounts.add(new Money(currency, amount));
        }
      });
    }
    return amounts;
  }

  static List<ReasonShift> reasonShifts(Stretch before, Stretch since) {
    List<ReasonShift> shifts = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      long count = since.facts.reasons[reason.ordinal()];
      long countBefore = before.facts.reasons[reason.ordinal()];
      if (count > 0 || countBefore > 0) {
        shifts.add(
            new ReasonShift(
                reason, share(countBefore, before.judged), share(count, since.judged), count));
      }
    }
    shifts.sort(
        Comparator.comparingDouble(
                (ReasonShift shift) -> Math.abs(shift.getShareSince() - shift.getShareBefore()))
            .reversed());
    return List.copyOf(shifts.subList(0, Math.min(REASONS_MAX, shifts.size())));
  }

  /** Shares of retries; of slow, late or otherwise grounded events attempts are not counted. */
  static void retries(Burst.Builder told, Subject subject, Stretch before, Stretch since) {
    if (subject.isFailures()) {
      told.setRetryShareBefore(before.retryShare());
      told.setRetryShareSince(since.retryShare());
    }
  }

  /** 1 when either is nothing. */
  static double ratio(double now, double before) {
    return now > 0 && before > 0 ? now / before : 1;
  }

  /** Of each currency by itself, weighed by how many succeeded since. */
  static double ticketRatio(Facts before, Facts since) {
    double weighed = 0;
    long successes = 0;
    for (Map.Entry<String, long[]> ticket : since.tickets.entrySet()) {
      long[] now = ticket.getValue();
      long[] then = before.tickets.get(ticket.getKey());
      if (then != null && then[0] > 0 && then[1] > 0 && now[0] > 0) {
        weighed += now[0] * ((double) now[1] / now[0]) / ((double) then[1] / then[0]);
        successes += now[0];
      }
    }
    return successes == 0 ? 1 : weighed / successes;
  }

  private static double share(long count, long of) {
    return of == 0 ? 0 : (double) count / of;
  }
}
