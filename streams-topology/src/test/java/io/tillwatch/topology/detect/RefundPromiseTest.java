package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: refunds that take longer than a day are held against the promise, one in twenty at most,
 * and not against what a PSP always did. Method: the seeded world of {@link Rails} with durations
 * around a day.
 */
class RefundPromiseTest {

  private static final int HISTORY = 240;
  private static final int PER_MINUTE = 60;
  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");

  /** Times as long as usual: a median of ten hours, of fifteen and of fifty. */
  private static final double THREE_IN_A_HUNDRED_LATE = 123_600;

  private static final double FIFTEEN_IN_A_HUNDRED_LATE = 180_400;
  private static final double MOST_LATE = 600_000;

  private final List<Burst> bursts = new ArrayList<>();

  @Test
  void aPspThatIsLateIsFoundAndItsRecoveryToo() {
    run(refunds(1).slows(NORTHPAY, HISTORY, HISTORY + 30, MOST_LATE), HISTORY + 120);

    assertThat(bursts.stream().map(Burst::getBurstId).distinct()).hasSize(1);
    Burst first = bursts.getFirst();
    assertThat(first.getKpi()).isEqualTo(Kpi.REFUND_SLA);
    assertThat(first.getRule()).isEqualTo("refund-refund-sla");
    assertThat(Slice.of(first.getRootCells().getFirst().getSlice())).isEqualTo(NORTHPAY);
    assertThat(first.getDetectedAt().toEpochMilli()).isLessThanOrEqualTo(Rails.at(HISTORY + 5));
    assertThat(bursts.getLast().getState()).isEqualTo(BurstState.CLOSED);
    assertThat(bursts.getLast().getExpected()).isEqualTo(.95);
    assertThat(bursts.getLast().getObserved()).isLessThan(.5);
    assertThat(bursts.getLast().getApprovalsLost()).isZero();
  }

  @Test
  void aPromiseThatWasNeverKeptIsBrokenAsLongAsItIs() {
    run(refunds(2).slows(NORTHPAY, 0, 900, FIFTEEN_IN_A_HUNDRED_LATE), 900);

    assertThat(bursts.stream().map(Burst::getBurstId).distinct()).hasSize(1);
    assertThat(bursts).extracting(Burst::getKpi).containsOnly(Kpi.REFUND_SLA);
    assertThat(bursts.getLast().getState()).isNotEqualTo(BurstState.CLOSED);
    assertThat(bursts.getLast().getObserved()).isBetween(.8, .9);
  }

  @Test
  void aPromiseThatIsKeptTellsNothing() {
    run(refunds(3).slows(Slice.TOTAL, 0, 1_440, THREE_IN_A_HUNDRED_LATE), 1_440);

    assertThat(bursts).isEmpty();
  }

  private static Rails refunds(long seed) {
    return new Rails(seed, EventKind.REFUND, PER_MINUTE);
  }

  private void run(Rails rails, int minutes) {
    Lookout lookout = new Lookout(WatchSettings.DEFAULT, "acme", EventKind.REFUND);
    for (int minute = 0; minute < minutes; minute++) {
      MinuteLeaves leaves = new TallyLeaves(EventKind.REFUND, rails.minute(minute));
      bursts.addAll(lookout.closeMinute(Rails.at(minute), leaves, Rails.at(minute + 1)).bursts());
    }
  }
}
