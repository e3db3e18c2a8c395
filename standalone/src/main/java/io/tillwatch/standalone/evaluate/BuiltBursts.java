package io.tillwatch.standalone.evaluate;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.standalone.noise.Rails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Bursts of what the simulator has no payments for: payouts that stay out, books that differ, a mix
 * that moves and nothing else. Figures are drawn, and of the size that the detector would tell.
 */
final class BuiltBursts {

  static {
    TrustedClasses.declare();
  }

  private static final Duration APART = Duration.ofMinutes(5);
  private static final double PER_MINUTE = 30;
  private static final double THRESHOLD = 20;
  private static final double SURE = 1.4;

  private BuiltBursts() {}

  /** Revisions of one burst, the first shortly after the onset. */
  static List<Burst> of(Label label, Dice dice) {
    Drawn drawn = drawn(label.incidentClass(), dice);
    Duration late = dice.seconds(90, 400);
    String id = "B" + dice.hex();
    List<Burst> bursts = new ArrayList<>();
    for (Instant at = label.start().plus(late); at.isBefore(label.end()); at = at.plus(APART)) {
      bursts.add(burst(label, drawn, id, bursts.size() + 1, late, at));
    }
    return bursts;
  }

  /** A payout file that is absent or short, refunds that stay open, a mix that moves. */
  private static Drawn drawn(IncidentClass wanted, Dice dice) {
    double expected = wanted == IncidentClass.SETTLEMENT_GAP ? dice.between(1.5, 5) : 0.95;
    return switch (wanted) {
      case SETTLEMENT_GAP ->
          new Drawn(
              EventKind.SETTLEMENT,
              Kpi.VOLUME,
              expected,
              dice.chance(0.6) ? 0 : expected * dice.between(0.05, 0.45),
              false);
      case RECONCILIATION_GAP ->
          new Drawn(EventKind.REFUND, Kpi.REFUND_SLA, expected, dice.between(0.55, 0.85), false);
      default -> mix(dice);
    };
  }

  private static Drawn mix(Dice dice) {
    double expected = dice.between(0.8, 0.9);
    return new Drawn(
        EventKind.AUTH, Kpi.SUCCESS_RATE, expected, expected - dice.between(0.02, 0.06), true);
  }

  private record Drawn(EventKind kind, Kpi kpi, double expected, double observed, boolean mixOnly) {

    double change() {
      return observed - expected;
    }
  }

  private static Burst burst(
      Label label, Drawn drawn, String id, int revision, Duration late, Instant at) {
    double minutes = Math.max(1, Duration.between(label.start(), at).toSeconds() / 60.0);
    boolean volume = drawn.kpi == Kpi.VOLUME;
    double expected = minutes * (volume ? drawn.expected : PER_MINUTE * drawn.expected);
    double observed = minutes * (volume ? drawn.observed : PER_MINUTE * drawn.observed);
    long events = Math.round(volume ? observed : minutes * PER_MINUTE);
    double lost = volume ? expected - observed : 0;
    return Burst.newBuilder()
        .setBurstId(id)
        .setTenant(Rails.TENANT)
        .setRule(rule(drawn))
        .setRevision(revision)
        .setState(revision == 1 ? BurstState.OPEN : BurstState.REFINED)
        .setKind(drawn.kind)
        .setKpi(drawn.kpi)
        .setRootCells(
            List.of(
                new SliceEvidence(
                    label.scope().toMap(), events, Math.round(observed), expected, THRESHOLD)))
        .setOnsetAt(label.start())
        .setDetectedAt(label.start().plus(late))
        .setUpdatedAt(at)
        .setObserved(drawn.observed)
        .setExpected(drawn.expected)
        .setIntervalLow(0.9 * drawn.observed)
        .setIntervalHigh(1.1 * drawn.observed)
        .setRateEffect(drawn.mixOnly ? 0.05 * drawn.change() : drawn.change())
        .setMixEffect(drawn.mixOnly ? 0.95 * drawn.change() : 0.0)
        .setEvents(events)
        .setApprovalsLost(lost)
        .setApprovalsLostPerMinute(lost / minutes)
        .setShareOfTraffic(0.25)
        .setConfidence(0.95)
        .setStatistic(SURE * THRESHOLD)
        .setThreshold(THRESHOLD)
        .build();
  }

  private static String rule(Drawn drawn) {
    return "%s-%s".formatted(Label.word(drawn.kind), Label.word(drawn.kpi).replace('_', '-'));
  }
}
