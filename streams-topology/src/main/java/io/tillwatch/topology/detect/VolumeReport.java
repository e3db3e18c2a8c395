package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import java.time.Instant;
import java.util.List;

/** Tells a burst of volume as it stands: events a minute that came, and that should have come. */
final class VolumeReport {

  private VolumeReport() {}

  static Burst of(
      VolumeTrack track, BurstState state, double threshold, Minute minute, Memory memory) {
    double minutes =
        Math.max(1, (minute.at + Watch.MINUTE_MILLIS - track.since) / (double) Watch.MINUTE_MILLIS);
    Burst.Builder told = Burst.newBuilder();
    told.setBurstId(track.id);
    told.setTenant(memory.subject.tenant());
    told.setRule(Measure.rule(memory.subject.kind(), Kpi.VOLUME));
    told.setRevision(++track.revision);
    told.setState(state);
    told.setKind(memory.subject.kind());
    told.setKpi(Kpi.VOLUME);
    told.setRootCells(
        List.of(
            new SliceEvidence(
                track.slice.toMap(),
                track.observedSince,
                track.observedSince,
                track.expectedSince,
                track.sum)));
    told.setOnsetAt(Instant.ofEpochMilli(track.since));
    told.setDetectedAt(Instant.ofEpochMilli(track.detectedAt));
    told.setUpdatedAt(Instant.ofEpochMilli(minute.closedAt));
    told.setClosedAt(state == BurstState.CLOSED ? Instant.ofEpochMilli(minute.closedAt) : null);
    told.setObserved(track.observedSince / minutes);
    told.setExpected(track.expectedSince / minutes);
    double lost = lost(track, memory);
    double spread = Measure.Z95 * Math.sqrt(track.observedSince + 1.0);
    told.setIntervalLow(Math.max(0, track.observedSince - spread) / minutes);
    told.setIntervalHigh((track.observedSince + spread) / minutes);
    told.setRateEffect(told.getObserved() - told.getExpected());
    told.setEvents(track.observedSince);
    told.setApprovalsLost(lost);
    told.setApprovalsLostPerMinute(lost / minutes);
    told.setShareOfTraffic(track.share());
    told.setAmountAtRisk(List.of());
    told.setReasonShifts(List.of());
    told.setHealthySiblings(List.of());
    told.setConfidence(1 - Math.exp(-track.sum));
    told.setStatistic(track.sum);
    told.setThreshold(threshold);
    return told.build();
  }

  /** Successes that did not come, if nobody else took them over. */
  private static double lost(VolumeTrack track, Memory memory) {
    Leaves leaves = memory.leaves;
    double attempts = 0;
    double failures = 0;
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      if (track.slice.covers(leaves.slice(leaf))) {
        attempts += leaves.attempts[leaf];
        failures += leaves.failures[leaf];
      }
    }
    double missing = Math.max(0, track.expectedSince - track.observedSince);
    return attempts == 0 ? 0 : missing * (1 - failures / attempts);
  }
}
