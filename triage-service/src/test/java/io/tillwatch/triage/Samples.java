package io.tillwatch.triage;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An incident at 03:02, its log, and the actions it asks for. */
public final class Samples {

  static {
    TrustedClasses.declare();
  }

  public static final Instant ONSET = Instant.parse("2026-11-18T03:02:00Z");

  private Samples() {}

  public static Incident.Builder incident(String id) {
    return Incident.newBuilder()
        .setIncidentId(id)
        .setTenant("default")
        .setRevision(1)
        .setState(IncidentState.OPEN)
        .setIncidentClass(IncidentClass.PSP_PARTIAL_OUTAGE)
        .setOwner(Owner.PSP)
        .setSeverity(Severity.SEV1)
        .setTitle("northpay eu-west: approvals down")
        .setRule("auth-success")
        .setKind(EventKind.AUTH)
        .setKpi(Kpi.SUCCESS_RATE)
        .setRootCells(
            List.of(
                SliceEvidence.newBuilder()
                    .setSlice(Map.of("region", "eu-west", "psp", "northpay"))
                    .setEvents(800)
                    .setSuccesses(200)
                    .setExpectedSuccesses(740.0)
                    .setEvidence(512.5)
                    .build()))
        .setBurstIds(List.of("b1"))
        .setStartedAt(ONSET)
        .setDetectedAt(ONSET.plusSeconds(70))
        .setUpdatedAt(ONSET.plusSeconds(130))
        .setObserved(0.25)
        .setExpected(0.925)
        .setApprovalsLost(540.04)
        .setAmountAtRisk(List.of(new Money("EUR", 3_412_250L)))
        .setEvidence(
            List.of(
                Evidence.newBuilder()
                    .setEvidenceId("E1")
                    .setKind(EvidenceKind.ROOT_CELL)
                    .setSource("b1")
                    .setAt(ONSET.plusSeconds(70))
                    .setStatement("200 of 800 approved, 740 expected")
                    .setSlice(Map.of("psp", "northpay"))
                    .setValues(Map.of("events", 800.0))
                    .build()))
        .setHypotheses(
            List.of(
                Hypothesis.newBuilder()
                    .setRank(1)
                    .setIncidentClass(IncidentClass.PSP_PARTIAL_OUTAGE)
                    .setOwner(Owner.PSP)
                    .setStatement("northpay fails in one region")
                    .setEvidenceFor(List.of("E1"))
                    .setCheck("Ask northpay")
                    .setNextStep("Route away")
                    .setConfidence(0.834)
                    .build()))
        .setLinks(Map.of("tillwatch", "http://localhost/?incident=" + id));
  }

  /** An outage of northpay in eu-west, found two minutes after its onset. */
  public static Burst.Builder burst(int revision, BurstState state, int minute) {
    return Burst.newBuilder()
        .setBurstId("b1")
        .setTenant("default")
        .setRule("auth-success-rate")
        .setRevision(revision)
        .setState(state)
        .setKind(EventKind.AUTH)
        .setKpi(Kpi.SUCCESS_RATE)
        .setRootCells(
            List.of(
                new SliceEvidence(
                    Map.of("psp", "northpay", "region", "eu-west"), 120L, 5L, 103.2, 240.0)))
        .setOnsetAt(ONSET)
        .setDetectedAt(ONSET.plus(Duration.ofMinutes(2)))
        .setUpdatedAt(ONSET.plus(Duration.ofMinutes(minute)))
        .setClosedAt(state == BurstState.CLOSED ? ONSET.plus(Duration.ofMinutes(minute)) : null)
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
        .setReasonShifts(List.of(new ReasonShift(Reason.GATEWAY_ERROR, 0.01, 0.7, 84L)))
        .setTechnicalShareBefore(0.02)
        .setTechnicalShareSince(0.9)
        .setHealthySiblings(
            List.of(
                new SliceEvidence(
                    Map.of("psp", "southpay", "region", "eu-west"), 130L, 112L, 111.8, 0.0)))
        .setConfidence(0.9)
        .setStatistic(60)
        .setThreshold(17);
  }

  public static IncidentLogEntry entry(String id, long sequence, IncidentEvent event) {
    return IncidentLogEntry.newBuilder()
        .setIncidentId(id)
        .setTenant("default")
        .setSequence(sequence)
        .setAt(ONSET.plusSeconds(70))
        .setEvent(event)
        .setRevision(1)
        .setText("northpay eu-west: approvals down")
        .setPreviousHash("")
        .setHash("00ff")
        .build();
  }

  public static Action.Builder action(String incidentId, ActionTarget target, ActionVerb verb) {
    return Action.newBuilder()
        .setActionId(incidentId + "/" + target + "/" + verb)
        .setIncidentId(incidentId)
        .setTenant("default")
        .setEpisode(1)
        .setRevision(1)
        .setTarget(target)
        .setVerb(verb)
        .setDedupKey(incidentId + "/1")
        .setSeverity(Severity.SEV1)
        .setSummary("northpay eu-west: approvals down")
        .setDetails(Map.of("since", "2026-11-18T03:02:00Z"))
        .setLinks(Map.of("tillwatch", "http://localhost/?incident=" + incidentId))
        .setCreatedAt(ONSET.plusSeconds(70));
  }
}
