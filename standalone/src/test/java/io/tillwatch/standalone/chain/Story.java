package io.tillwatch.standalone.chain;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Two outages, one within the other, and a third one much later: by its time the first two are
 * over.
 *
 * <p>It lies ahead of every clock, and time never goes back on the desk: so its time is the story's
 * alone, and the same whenever it is told.
 */
final class Story {

  private static final Instant START = Instant.parse("2100-01-04T03:00:00Z");

  private Story() {}

  static List<Burst> bursts() {
    return List.of(
        burst("first", 1, BurstState.OPEN, 2),
        burst("first", 2, BurstState.REFINED, 3),
        burst("first", 3, BurstState.WIDENED, 5),
        burst("second", 1, BurstState.OPEN, 6),
        burst("first", 4, BurstState.RECOVERING, 9),
        burst("first", 5, BurstState.CLOSED, 12),
        burst("second", 2, BurstState.CLOSED, 13),
        burst("third", 1, BurstState.OPEN, 60));
  }

  /** Whether the first two are resolved. */
  static boolean isOver(Collection<Incident> incidents) {
    return incidents.stream().filter(i -> i.getState() == IncidentState.RESOLVED).count() == 2;
  }

  private static Burst burst(String name, int revision, BurstState state, int minute) {
    Instant at = START.plus(Duration.ofMinutes(minute));
    boolean later = name.equals("third");
    return Burst.newBuilder()
        .setBurstId("burst-" + name)
        .setTenant("default")
        .setRule("auth-success-rate")
        .setRevision(revision)
        .setState(state)
        .setKind(EventKind.AUTH)
        .setKpi(Kpi.SUCCESS_RATE)
        .setRootCells(
            List.of(
                new SliceEvidence(
                    Map.of("psp", name + "pay", "region", name + "-region"),
                    120L,
                    5L,
                    103.2,
                    240.0)))
        .setOnsetAt(later ? at.minus(Duration.ofMinutes(2)) : START)
        .setDetectedAt(later ? at : START.plus(Duration.ofMinutes(2)))
        .setUpdatedAt(at)
        .setClosedAt(state == BurstState.CLOSED ? at : null)
        .setObserved(0.04)
        .setExpected(0.86)
        .setIntervalLow(0.02)
        .setIntervalHigh(0.09)
        .setRateEffect(-0.82)
        .setEvents(120L * revision)
        .setApprovalsLost(98.0 * revision)
        .setApprovalsLostPerMinute(20)
        .setAmountAtRisk(List.of(new Money("EUR", 490_000L * revision)))
        .setShareOfTraffic(0.06)
        .setReasonShifts(List.of(new ReasonShift(Reason.GATEWAY_ERROR, 0.01, 0.7, 84L)))
        .setTechnicalShareBefore(0.02)
        .setTechnicalShareSince(0.9)
        .setConfidence(0.9)
        .setStatistic(60)
        .setThreshold(17)
        .build();
  }
}
