package io.tillwatch.triage.rehearsal;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Bursts as the detector tells them of an outage: a rate that falls with technical errors. */
public final class Outage {

  private Outage() {}

  /**
   * The first revision of a burst, found two minutes after its onset.
   *
   * @param slice where; at least the PSP
   * @param lostPerMinute approvals lost a minute: 200 is the worst severity, below 0.5 nobody is
   *     told
   */
  public static Burst.Builder of(
      String burstId,
      EventKind kind,
      Map<String, String> slice,
      Instant now,
      double lostPerMinute) {
    return Burst.newBuilder()
        .setBurstId(burstId)
        .setTenant("default")
        .setRule(kind == EventKind.CAPTURE ? "capture-capture-success" : "auth-success-rate")
        .setRevision(1)
        .setState(BurstState.OPEN)
        .setKind(kind)
        .setKpi(kind == EventKind.CAPTURE ? Kpi.CAPTURE_SUCCESS : Kpi.SUCCESS_RATE)
        .setRootCells(List.of(new SliceEvidence(slice, 120L, 5L, 103.2, 240.0)))
        .setOnsetAt(now.minus(Duration.ofMinutes(2)))
        .setDetectedAt(now)
        .setUpdatedAt(now)
        .setObserved(0.04)
        .setExpected(0.86)
        .setIntervalLow(0.02)
        .setIntervalHigh(0.09)
        .setRateEffect(-0.82)
        .setEvents(120)
        .setApprovalsLost(98)
        .setApprovalsLostPerMinute(lostPerMinute)
        .setAmountAtRisk(List.of(new Money("EUR", Math.round(4_900 * lostPerMinute))))
        .setShareOfTraffic(Math.min(0.9, lostPerMinute / 1_000))
        .setReasonShifts(List.of(new ReasonShift(Reason.GATEWAY_ERROR, 0.01, 0.7, 84L)))
        .setTechnicalShareBefore(0.02)
        .setTechnicalShareSince(0.9)
        .setHealthySiblings(List.of())
        .setConfidence(0.9)
        .setStatistic(60)
        .setThreshold(17);
  }

  /** The next revision of a burst. */
  public static Burst next(Burst known, BurstState state, Instant now) {
    Burst.Builder burst =
        Burst.newBuilder(known)
            .setRevision(known.getRevision() + 1)
            .setState(state)
            .setUpdatedAt(now);
    if (state == BurstState.CLOSED) {
      burst.setClosedAt(now);
    }
    return burst.build();
  }
}
