package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: what is slow, or fails for another reason, is found and named within minutes although its
 * rate stays; what a burst of failures explains is told once; a usual day tells nothing.
 *
 * <p>Method: the seeded world of {@link Rails}, some hours of history and one thing that happens.
 */
class LookoutTest {

  private static final int HISTORY = 240;
  private static final int PER_MINUTE = 400;
  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");

  private final List<Burst> bursts = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSlowPspIsFoundAndNamed(long seed) {
    run(auths(seed).slows(NORTHPAY, HISTORY, HISTORY + 20, 1.8), HISTORY + 60);

    assertThat(bursts).extracting(Burst::getKpi).containsOnly(Kpi.LATENCY);
    assertThat(bursts.stream().map(Burst::getBurstId).distinct()).hasSize(1);
    Burst first = bursts.getFirst();
    assertThat(minuteOf(first)).isBetween(HISTORY, HISTORY + 2);
    assertThat(first.getRule()).isEqualTo("auth-latency");
    assertThat(roots(first)).containsExactly(NORTHPAY);
    Burst last = bursts.getLast();
    assertThat(last.getState()).isEqualTo(BurstState.CLOSED);
    assertThat(last.getExpected()).isBetween(270.0, 350.0);
    assertThat(last.getObserved()).isBetween(1.4 * last.getExpected(), 2.2 * last.getExpected());
    assertThat(last.getIntervalLow()).isLessThan(last.getObserved());
    assertThat(last.getIntervalHigh()).isGreaterThan(last.getObserved());
    assertThat(last.getApprovalsLost()).isZero();
    assertThat(last.getAmountAtRisk()).isEmpty();
  }

  @Test
  void whatIsALittleSlowerForHoursIsNoNews() {
    run(auths(4).slows(NORTHPAY, HISTORY, HISTORY + 300, 1.15), HISTORY + 300);

    assertThat(bursts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anotherReasonIsFoundAlthoughTheRateStays(long seed) {
    run(auths(seed).blames(NORTHPAY, HISTORY, HISTORY + 40, .5), HISTORY + 80);

    assertThat(bursts).extracting(Burst::getKpi).containsOnly(Kpi.REASON_MIX);
    assertThat(bursts.stream().map(Burst::getBurstId).distinct()).hasSize(1);
    Burst first = bursts.getFirst();
    assertThat(minuteOf(first)).isBetween(HISTORY, HISTORY + 6);
    assertThat(first.getRule()).isEqualTo("auth-reason-mix");
    assertThat(roots(first)).containsExactly(NORTHPAY);
    Burst last = bursts.getLast();
    assertThat(last.getState()).isEqualTo(BurstState.CLOSED);
    assertThat(last.getObserved()).isGreaterThan(last.getExpected() + .2);
    assertThat(last.getReasonShifts().getFirst().getReason()).isEqualTo(Reason.SUSPECTED_FRAUD);
    assertThat(last.getApprovalsLost()).isZero();
  }

  @Test
  void whatAnOutageExplainsIsToldOnce() {
    Rails rails =
        auths(5)
            .fails(NORTHPAY, HISTORY, HISTORY + 30, .9)
            .slows(NORTHPAY, HISTORY + 2, HISTORY + 30, 3)
            .blames(NORTHPAY, HISTORY + 2, HISTORY + 30, .8);
    run(rails, HISTORY + 60);

    assertThat(bursts.stream().map(Burst::getBurstId).distinct()).hasSize(1);
    assertThat(bursts).extracting(Burst::getKpi).containsOnly(Kpi.SUCCESS_RATE);
  }

  @Test
  void whatIsSlowAndWhyIsExplainedByItself() {
    Rails rails =
        auths(8)
            .slows(NORTHPAY, HISTORY, HISTORY + 30, 2)
            .blames(Rails.cell("psp", "alpinepay"), HISTORY, HISTORY + 30, .7);
    Lookout lookout = run(rails, HISTORY + 10);
    Slice alpinepay = Rails.cell("psp", "alpinepay");
    Aspect fraud = new Aspect(Kpi.REASON_MIX, Reason.SUSPECTED_FRAUD);

    assertThat(lookout.explain(new Aspect(Kpi.LATENCY, null), NORTHPAY).verdict())
        .isEqualTo(Verdict.EXPLAINED);
    assertThat(lookout.explain(new Aspect(Kpi.LATENCY, null), alpinepay).verdict())
        .isEqualTo(Verdict.QUIET);
    assertThat(lookout.explain(fraud, alpinepay).verdict()).isEqualTo(Verdict.EXPLAINED);
    assertThat(lookout.explain(fraud, NORTHPAY, Rails.at(HISTORY + 5)))
        .hasValueSatisfying(why -> assertThat(why.verdict()).isEqualTo(Verdict.QUIET));
    assertThat(lookout.explain(Aspect.failures(EventKind.AUTH), NORTHPAY).verdict())
        .isEqualTo(Verdict.QUIET);
    assertThatThrownBy(() -> lookout.explain(new Aspect(Kpi.REFUND_SLA, null), NORTHPAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUsualDayTellsNothing() {
    run(auths(6), 1_440);

    assertThat(bursts).isEmpty();
  }

  /** Stopped after some minutes of each part, it goes on as if it had not been. */
  @Test
  void aStopChangesNothing() {
    Rails rails =
        auths(7).slows(NORTHPAY, 130, 150, 2).blames(Rails.cell("psp", "alpinepay"), 180, 200, .7);
    List<MinuteLeaves> minutes = new ArrayList<>();
    for (int minute = 0; minute < 230; minute++) {
      minutes.add(new TallyLeaves(EventKind.AUTH, rails.minute(minute)));
    }
    List<Findings> found = new ArrayList<>();
    Map<Integer, Map<String, byte[]>> stored = new HashMap<>();
    Map<String, byte[]> store = new HashMap<>();
    Lookout lookout = lookout();
    for (int minute = 0; minute < minutes.size(); minute++) {
      found.add(close(lookout, minutes.get(minute), minute));
      drain(lookout, store);
      stored.put(minute, new HashMap<>(store));
    }
    assertThat(found.stream().flatMap(of -> of.bursts().stream()).map(Burst::getKpi))
        .contains(Kpi.LATENCY, Kpi.REASON_MIX);

    for (int stop : new int[] {0, 20, 61, 131, 135, 149, 160, 183, 199}) {
      Lookout again = lookout();
      stored.get(stop).forEach(again::restore);
      for (int minute = stop + 1; minute < Math.min(stop + 45, minutes.size()); minute++) {
        assertThat(close(again, minutes.get(minute), minute))
            .as("minute %d after a stop at %d", minute, stop)
            .isEqualTo(found.get(minute));
      }
    }
  }

  private static Rails auths(long seed) {
    return new Rails(seed, EventKind.AUTH, PER_MINUTE);
  }

  private static Lookout lookout() {
    return new Lookout(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
  }

  private Lookout run(Rails rails, int minutes) {
    Lookout lookout = lookout();
    for (int minute = 0; minute < minutes; minute++) {
      MinuteLeaves leaves = new TallyLeaves(EventKind.AUTH, rails.minute(minute));
      bursts.addAll(close(lookout, leaves, minute).bursts());
    }
    return lookout;
  }

  private static Findings close(Lookout lookout, MinuteLeaves leaves, int minute) {
    return lookout.closeMinute(Rails.at(minute), leaves, Rails.at(minute + 1));
  }

  private static void drain(Lookout lookout, Map<String, byte[]> into) {
    for (StateEntry entry : lookout.drainState()) {
      byte[] value = entry.value();
      if (value == null) {
        into.remove(entry.key());
      } else {
        into.put(entry.key(), value);
      }
    }
  }

  private static int minuteOf(Burst burst) {
    long since = burst.getDetectedAt().toEpochMilli() - Rails.START;
    return (int) (since / Watch.MINUTE_MILLIS) - 1;
  }

  private static List<Slice> roots(Burst burst) {
    return burst.getRootCells().stream().map(cell -> Slice.of(cell.getSlice())).toList();
  }
}
