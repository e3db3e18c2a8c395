package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.AnomalyState;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: one burst per cause, at the right cell, soon; none for what only looks like trouble. */
class WatchTest {

  private static final double PER_MINUTE = 250;
  private static final int HISTORY = 240;
  private static final int SEEDS = 30;
  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");
  private static final Slice NORTHPAY_EU = Rails.cell("psp", "northpay", "region", "eu-west");

  @Test
  void outageOfAPspInARegionIsFoundWithinTwoMinutesAtThatCell() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Rails rails = auths(seed).fails(NORTHPAY_EU, HISTORY, HISTORY + 10, .95);
      List<Burst> bursts = watch(rails, HISTORY + 30);

      assertThat(ids(bursts)).as("bursts of seed %d", seed).hasSize(1);
      assertThat(bursts.getFirst().getDetectedAt().toEpochMilli())
          .as("detected, seed %d", seed)
          .isLessThanOrEqualTo(Rails.at(HISTORY + 2));
      assertThat(roots(bursts.getLast())).as("seed %d", seed).containsExactly(NORTHPAY_EU);
      assertThat(bursts.getLast().getState()).as("seed %d", seed).isEqualTo(BurstState.CLOSED);
    }
  }

  @Test
  void spikesMixShiftsAndOnePayersRetriesAreNoBursts() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Rails rails =
          auths(seed)
              .grows(Slice.TOTAL, HISTORY, HISTORY + 15, 2.5)
              .grows(Rails.cell("region", "latam"), HISTORY + 30, HISTORY + 60, 5)
              .grows(Rails.cell("binRange", "bin-03"), HISTORY + 70, HISTORY + 90, 6)
              .retries(Rails.leaf(1, 2, 9, 3), HISTORY + 95, HISTORY + 99, 3)
              .grows(NORTHPAY, HISTORY + 105, HISTORY + 120, .3);

      assertThat(watch(rails, HISTORY + 130)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void twoCleanDaysAreSilent() {
    for (long seed = 100; seed < 104; seed++) {
      assertThat(watch(new Rails(seed, EventKind.AUTH, 150), 2_880)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void twoCausesAtOnceAreTwoBursts() {
    Slice bin = Rails.cell("binRange", "bin-00");
    Slice psp = Rails.cell("psp", "solarpay");
    for (long seed = 1; seed <= 10; seed++) {
      Rails rails =
          auths(seed).fails(psp, HISTORY, HISTORY + 15, .9).fails(bin, HISTORY, HISTORY + 15, .9);
      List<Burst> bursts = watch(rails, HISTORY + 10);

      assertThat(ids(bursts)).as("seed %d", seed).hasSize(2);
      assertThat(bursts.subList(bursts.size() - 2, bursts.size()))
          .as("seed %d", seed)
          .extracting(WatchTest::roots)
          .containsExactlyInAnyOrder(List.of(psp), List.of(bin));
    }
  }

  @Test
  void aSecondCauseIsFoundWhileTheFirstIsOpen() {
    Slice region = Rails.cell("region", "latam");
    Rails rails =
        auths(5)
            .fails(NORTHPAY_EU, HISTORY, HISTORY + 60, .9)
            .fails(region, HISTORY + 20, HISTORY + 60, .9);
    List<Burst> bursts = watch(rails, HISTORY + 30);

    assertThat(ids(bursts)).hasSize(2);
    assertThat(roots(bursts.getLast())).containsExactly(region);
  }

  @Test
  void aBurstTellsWhatItCosts() {
    Rails rails = auths(3).fails(NORTHPAY_EU, HISTORY, HISTORY + 10, .95);
    List<Burst> bursts = watch(rails, HISTORY + 6);
    Burst burst = bursts.getLast();

    assertThat(burst.getRule()).isEqualTo("auth-success-rate");
    assertThat(burst.getKpi()).isEqualTo(Kpi.SUCCESS_RATE);
    assertThat(burst.getOnsetAt().toEpochMilli()).isEqualTo(Rails.at(HISTORY));
    assertThat(burst.getExpected()).isBetween(.75, .98);
    assertThat(burst.getObserved()).isLessThan(.15);
    assertThat(burst.getIntervalLow()).isLessThan(burst.getObserved());
    assertThat(burst.getIntervalHigh()).isGreaterThan(burst.getObserved());
    double lost = burst.getEvents() * (burst.getExpected() - burst.getObserved());
    assertThat(burst.getApprovalsLost()).isCloseTo(lost, within(1e-6));
    assertThat(burst.getApprovalsLostPerMinute()).isCloseTo(lost / 6, within(lost / 10));
    assertThat(burst.getAmountAtRisk()).hasSize(1);
    assertThat(burst.getAmountAtRisk().getFirst().getAmountMinor())
        .isEqualTo(Math.round(lost * 5_000));
    assertThat(burst.getRateEffect()).isBetween(-.99, -.6);
    assertThat(burst.getMixEffect()).isBetween(-.05, .05);
    assertThat(burst.getShareOfTraffic()).isBetween(.06, .15);
    assertThat(burst.getTechnicalShareSince()).isGreaterThan(.85);
    assertThat(burst.getLatencyP95BeforeMillis()).isBetween(500.0, 800.0);
    assertThat(burst.getLatencyP95SinceMillis()).isBetween(750.0, 950.0);
    assertThat(burst.getReasonShifts().getFirst().getReason()).isEqualTo(Reason.GATEWAY_ERROR);
    assertThat(burst.getHealthySiblings())
        .extracting(sibling -> sibling.getSlice().toString())
        .anySatisfy(slice -> assertThat(slice).contains("northpay", "eu-south"))
        .anySatisfy(slice -> assertThat(slice).contains("alpinepay", "eu-west"));
    assertThat(burst.getConfidence()).isGreaterThan(.9);
  }

  @Test
  void revisionsCountUpAndTheIdStays() {
    Rails rails = auths(3).fails(NORTHPAY_EU, HISTORY, HISTORY + 10, .95);
    List<Burst> bursts = watch(rails, HISTORY + 30);

    assertThat(ids(bursts)).hasSize(1);
    for (int i = 0; i < bursts.size(); i++) {
      assertThat(bursts.get(i).getRevision()).isEqualTo(i + 1);
    }
    assertThat(bursts)
        .extracting(Burst::getState)
        .startsWith(BurstState.OPEN)
        .contains(BurstState.RECOVERING)
        .endsWith(BurstState.CLOSED);
    assertThat(bursts.getLast().getClosedAt().toEpochMilli())
        .isBetween(Rails.at(HISTORY + 15), Rails.at(HISTORY + 22));
  }

  @Test
  void theSameCellsBrokenAgainAreAnotherEpisode() {
    Rails rails =
        auths(3)
            .fails(NORTHPAY_EU, HISTORY, HISTORY + 10, .95)
            .fails(NORTHPAY_EU, HISTORY + 60, HISTORY + 70, .95);

    assertThat(ids(watch(rails, HISTORY + 90))).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void anomaliesFollowTheRootCells() {
    Rails rails = auths(3).fails(NORTHPAY_EU, HISTORY, HISTORY + 10, .95);
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    List<Anomaly> anomalies = new ArrayList<>();
    for (int minute = 0; minute < HISTORY + 30; minute++) {
      anomalies.addAll(close(watch, rails, minute).anomalies());
    }

    assertThat(anomalies.getFirst().getState()).isEqualTo(AnomalyState.ONSET);
    assertThat(anomalies.getFirst().getStatistic())
        .isGreaterThan(anomalies.getFirst().getThreshold());
    assertThat(anomalies.getLast().getState()).isEqualTo(AnomalyState.CLEARED);
    assertThat(anomalies)
        .allSatisfy(a -> assertThat(Slice.of(a.getSlice())).isEqualTo(NORTHPAY_EU));
  }

  @Test
  void aSilentPspIsABurstOfItsVolume() {
    Rails rails = auths(7).grows(NORTHPAY, HISTORY, HISTORY + 20, 0);
    List<Burst> bursts = watch(rails, HISTORY + 40);

    assertThat(ids(bursts)).hasSize(1);
    assertThat(bursts.getFirst().getKpi()).isEqualTo(Kpi.VOLUME);
    assertThat(roots(bursts.getFirst())).containsExactly(NORTHPAY);
    assertThat(bursts.getFirst().getOnsetAt().toEpochMilli()).isEqualTo(Rails.at(HISTORY));
    assertThat(bursts.getFirst().getDetectedAt().toEpochMilli())
        .isLessThanOrEqualTo(Rails.at(HISTORY + 2));
    assertThat(bursts.getFirst().getExpected()).isCloseTo(75, within(20.0));
    assertThat(bursts.getLast().getState()).isEqualTo(BurstState.CLOSED);
  }

  @Test
  void silenceOfAllIsOneBurstOfTheTotal() {
    Rails rails = auths(7).grows(Slice.TOTAL, HISTORY, HISTORY + 10, 0);
    List<Burst> bursts = watch(rails, HISTORY + 20);

    assertThat(ids(bursts)).hasSize(1);
    assertThat(roots(bursts.getFirst())).containsExactly(Slice.TOTAL);
    assertThat(bursts.getLast().getState()).isEqualTo(BurstState.CLOSED);
  }

  @Test
  void theEndOfADailyBatchIsNoSilence() {
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.REFUND);
    Rails rails = new Rails(7, EventKind.REFUND, 250);
    List<Burst> bursts = new ArrayList<>();
    for (int minute = 0; minute < 3 * 1_440; minute++) {
      Map<Slice, Tally> cells = minute % 1_440 < 2 ? rails.minute(minute) : Map.of();
      bursts.addAll(watch.closeMinute(Rails.at(minute), cells, Rails.at(minute + 1)).bursts());
    }

    assertThat(bursts).isEmpty();
  }

  @Test
  void slowSteadyTrafficIsHeardFallingSilent() {
    Rails rails =
        new Rails(7, EventKind.AUTH, 4).grows(Slice.TOTAL, 2 * HISTORY, 2 * HISTORY + 60, 0);
    List<Burst> bursts = watch(rails, 2 * HISTORY + 70);

    assertThat(ids(bursts)).hasSize(1);
    assertThat(roots(bursts.getFirst())).containsExactly(Slice.TOTAL);
  }

  @Test
  void silenceThatNeverEndsIsGivenUpOnce() {
    Rails rails = auths(7).grows(Slice.TOTAL, HISTORY, 10_000, 0);
    List<Burst> bursts = watch(rails, HISTORY + 2 * OpenBurst.GIVE_UP_MINUTES);

    assertThat(ids(bursts)).hasSize(1);
    assertThat(bursts.getLast().getState()).isEqualTo(BurstState.CLOSED);
  }

  @ParameterizedTest
  @EnumSource(names = {"CAPTURE", "WEBHOOK", "REFUND"})
  void otherKindsAreWatchedTheSameWay(EventKind kind) {
    Rails rails = new Rails(11, kind, 150).fails(NORTHPAY, HISTORY, HISTORY + 10, .7);
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", kind);
    List<Burst> bursts = new ArrayList<>();
    for (int minute = 0; minute < HISTORY + 30; minute++) {
      bursts.addAll(close(watch, rails, minute).bursts());
    }

    assertThat(ids(bursts)).hasSize(1);
    assertThat(roots(bursts.getLast())).containsExactly(NORTHPAY);
    boolean tellsFailures = bursts.getLast().getKpi() == Kpi.WEBHOOK_FAILURE;
    assertThat(tellsFailures).isEqualTo(kind == EventKind.WEBHOOK);
    assertThat(bursts.getLast().getObserved() > bursts.getLast().getExpected())
        .isEqualTo(tellsFailures);
  }

  @Test
  void aCellSaysWhyItFiredOrNot() {
    Rails rails = auths(3).fails(NORTHPAY_EU, HISTORY, HISTORY + 10, .95);
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    close(watch, rails, 0);
    assertThat(watch.explain(NORTHPAY_EU).verdict()).isEqualTo(Verdict.LEARNING);

    int minute = 1;
    while (close(watch, rails, minute).bursts().isEmpty()) {
      minute++;
    }
    assertThat(watch.explain(NORTHPAY_EU).verdict()).isEqualTo(Verdict.FIRED);
    assertThat(watch.explain(NORTHPAY_EU).gate()).isGreaterThan(1);
    assertThat(watch.explain(Rails.cell("psp", "alpinepay")).verdict()).isEqualTo(Verdict.QUIET);
    assertThat(watch.explain(Rails.cell("psp", "nobody")).verdict()).isEqualTo(Verdict.NOT_TESTED);

    close(watch, rails, minute + 1);
    assertThat(watch.explain(NORTHPAY_EU).verdict()).isEqualTo(Verdict.EXPLAINED);
    assertThat(watch.worst(3).getFirst().slice()).isEqualTo(NORTHPAY_EU);
  }

  @Test
  void nothingIsJudgedBeforeEnoughWasSeen() {
    Rails rails = auths(3).fails(NORTHPAY_EU, 20, 40, .95);

    assertThat(watch(rails, 40)).isEmpty();
  }

  @Test
  void leavesBeyondTheLimitAreCountedAsUnwatched() {
    WatchSettings few =
        new WatchSettings(WatchSettings.DEFAULT.dimensions(), 10_080, 12, 60, 10, 100_000);
    Watch watch = new Watch(few, "acme", EventKind.AUTH);
    long events = 0;
    Rails rails = auths(1);
    for (int minute = 0; minute < 5; minute++) {
      Map<Slice, Tally> cells = rails.minute(minute);
      events += cells.values().stream().mapToLong(tally -> tally.events()).sum();
      watch.closeMinute(Rails.at(minute), cells, Rails.at(minute + 1));
    }

    assertThat(watch.unwatchedEvents()).isBetween(events * 8 / 10, events);
  }

  @Test
  void aGapThatWasSkippedDoesNotBlindIt() {
    Rails rails = auths(9).fails(NORTHPAY_EU, 9_000, 9_010, .95);
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    List<Burst> bursts = new ArrayList<>();
    for (int minute = 0; minute < 9_010; minute++) {
      if (minute < 1_500 || minute >= 7_500) {
        bursts.addAll(close(watch, rails, minute).bursts());
      }
    }

    assertThat(roots(bursts.getLast())).containsExactly(NORTHPAY_EU);
  }

  @Test
  void minutesComeInOrder() {
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    watch.closeMinute(Rails.at(1), Map.of(), Rails.at(2));

    assertThatThrownBy(() -> watch.closeMinute(Rails.at(1), Map.of(), Rails.at(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a full minute after");
  }

  private static Rails auths(long seed) {
    return new Rails(seed, EventKind.AUTH, PER_MINUTE);
  }

  private static List<Burst> watch(Rails rails, int minutes) {
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    List<Burst> bursts = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      bursts.addAll(close(watch, rails, minute).bursts());
    }
    return bursts;
  }

  private static Findings close(Watch watch, Rails rails, int minute) {
    return watch.closeMinute(Rails.at(minute), rails.minute(minute), Rails.at(minute + 1));
  }

  private static List<String> ids(List<Burst> bursts) {
    return bursts.stream().map(Burst::getBurstId).distinct().toList();
  }

  private static List<Slice> roots(Burst burst) {
    return burst.getRootCells().stream().map(root -> Slice.of(root.getSlice())).toList();
  }
}
