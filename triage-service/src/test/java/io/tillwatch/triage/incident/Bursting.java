package io.tillwatch.triage.incident;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.frame.TrustedClasses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Bursts as the detector tells them, for tests: an outage unless said otherwise. */
public final class Bursting {

  /** When the first burst begins. */
  public static final Instant ONSET = Instant.parse("2026-11-20T03:00:00Z");

  static {
    TrustedClasses.declare();
  }

  private Bursting() {}

  /** An outage of a slice: a rate that falls from 86 % to 4 % with technical errors. */
  public static Burst.Builder outage(String id, EventKind kind, Map<String, String> slice) {
    return Burst.newBuilder()
        .setBurstId(id)
        .setTenant("acme")
        .setRule("auth-success-rate")
        .setRevision(1)
        .setState(BurstState.OPEN)
        .setKind(kind)
        .setKpi(kind == EventKind.CAPTURE ? Kpi.CAPTURE_SUCCESS : Kpi.SUCCESS_RATE)
        .setRootCells(List.of(new SliceEvidence(slice, 120L, 5L, 103.2, 240.0)))
        .setOnsetAt(ONSET)
        .setDetectedAt(ONSET.plus(Duration.ofMinutes(2)))
        .setUpdatedAt(ONSET.plus(Duration.ofMinutes(2)))
        .setObserved(0.04)
        .setExpected(0.86)
        .setIntervalLow(0.02)
        .setIntervalHigh(0.09)
        .setRateEffect(-0.82)
        .setEvents(120)
        .setApprovalsLost(98)
        .setApprovalsLostPerMinute(20)
        .setAmountAtRisk(List.of(new Money("EUR", 490_000L)))
        .setShareOfTraffic(0.06)
        .setReasonShifts(
            List.of(
                new ReasonShift(Reason.GATEWAY_ERROR, 0.01, 0.7, 84L),
                new ReasonShift(Reason.TIMEOUT, 0.01, 0.2, 24L),
                new ReasonShift(Reason.INSUFFICIENT_FUNDS, 0.06, 0.01, 1L)))
        .setTechnicalShareBefore(0.02)
        .setTechnicalShareSince(0.9)
        .setLatencyP95BeforeMillis(400)
        .setLatencyP95SinceMillis(2100)
        .setHealthySiblings(
            List.of(
                new SliceEvidence(
                    Map.of("psp", "southpay", "region", "eu-west"), 130L, 112L, 111.8, 0.0),
                new SliceEvidence(
                    Map.of("psp", "northpay", "region", "us-east"), 110L, 95L, 94.6, 0.0)))
        .setConfidence(0.9)
        .setStatistic(60)
        .setThreshold(17);
  }
}
