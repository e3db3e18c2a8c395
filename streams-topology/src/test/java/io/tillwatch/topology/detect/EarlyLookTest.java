package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Goal: what is clear is found before its minute is over, and nothing else changes by looking.
 * Method: seeded minutes that are looked at after every ten seconds of them.
 */
class EarlyLookTest {

  private static final double PER_MINUTE = 600;
  private static final int HISTORY = 180;
  private static final int PARTS = 6;
  private static final long PART_MILLIS = Watch.MINUTE_MILLIS / PARTS;
  private static final int SEEDS = 10;
  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");

  private final Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
  private final List<Burst> bursts = new ArrayList<>();

  @Test
  void anOutageIsFoundInItsFirstTwentySecondsAndLocatedWhenItsMinuteIsOver() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Watch fresh = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
      List<Burst> told = new ArrayList<>();
      Rails rails = auths(seed).fails(NORTHPAY, HISTORY, HISTORY + 10, .95);
      run(fresh, rails, HISTORY + 30, told);

      assertThat(told).extracting(Burst::getBurstId).as("seed %d", seed).containsOnly(id(told));
      Burst first = told.getFirst();
      assertThat(first.getState()).isEqualTo(BurstState.OPEN);
      assertThat(first.getDetectedAt().toEpochMilli())
          .as("detected, seed %d", seed)
          .isLessThanOrEqualTo(Rails.at(HISTORY) + 2 * PART_MILLIS);
      assertThat(told.get(1).getRootCells())
          .as("root cells when the minute is over, seed %d", seed)
          .extracting(root -> Slice.of(root.getSlice()))
          .containsExactly(NORTHPAY);
      assertThat(told.getLast().getState()).as("seed %d", seed).isEqualTo(BurstState.CLOSED);
    }
  }

  @Test
  void revisionsAreInOrderAndNothingIsCountedTwice() {
    Rails rails = auths(3).fails(NORTHPAY, HISTORY, HISTORY + 10, .95);
    run(watch, rails, HISTORY + 2, bursts);

    assertThat(bursts)
        .extracting(Burst::getRevision)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, bursts.size()).boxed().toList());
    // Three in ten attempts are northpay's.
    assertThat(bursts.get(1).getEvents()).isBetween((long) PER_MINUTE / 5, (long) PER_MINUTE / 2);
    assertThat(bursts.getFirst().getEvents()).isLessThan(bursts.get(1).getEvents() / 2);
  }

  @Test
  void aCleanDayIsAsSilentAsWithoutLooking() {
    run(watch, auths(7), 1_440, bursts);

    assertThat(bursts).isEmpty();
  }

  @Test
  void aLookThatFindsNothingChangesNothing() {
    Watch unlooked = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    Rails rails = auths(4).fails(NORTHPAY, HISTORY, HISTORY + 60, .18);
    List<Burst> later = new ArrayList<>();
    for (int minute = 0; minute < HISTORY + 60; minute++) {
      List<Map<Slice, Tally>> filling = rails.filling(minute, 2);
      Map<Slice, Tally> cells = filling.getLast();
      TallyLeaves half = new TallyLeaves(EventKind.AUTH, filling.getFirst());
      assertThat(watch.lookEarly(Rails.at(minute), half, Rails.at(minute)).bursts()).isEmpty();
      bursts.addAll(watch.closeMinute(Rails.at(minute), cells, Rails.at(minute + 1)).bursts());
      later.addAll(unlooked.closeMinute(Rails.at(minute), cells, Rails.at(minute + 1)).bursts());
    }

    assertThat(later).isNotEmpty();
    assertThat(bursts).isEqualTo(later);
    assertThat(stored(watch)).isEqualTo(stored(unlooked));
  }

  private static Map<String, String> stored(Watch of) {
    Map<String, String> stored = new TreeMap<>();
    of.drainState().forEach(e -> stored.put(e.key(), Arrays.toString(e.value())));
    return stored;
  }

  @Test
  void whatWasNeverSeenWaitsForTheMinuteToBeOver() {
    run(watch, auths(5), HISTORY, bursts);
    Map<Slice, Tally> cells = new HashMap<>();
    for (int bin = 50; bin < 60; bin++) {
      Tally failed = new Tally();
      for (int i = 0; i < 30; i++) {
        failed.add(EventKind.AUTH, Outcome.ERROR, Reason.GATEWAY_ERROR, 1, "EUR", 5_000, 200);
      }
      cells.put(Rails.leaf(0, 0, bin, 0), failed);
    }
    TallyLeaves leaves = new TallyLeaves(EventKind.AUTH, cells);
    assertThat(watch.lookEarly(Rails.at(HISTORY), leaves, Rails.at(HISTORY)).bursts()).isEmpty();
  }

  @Test
  void onlyTheNextMinuteIsLookedAt() {
    run(watch, auths(6), 3, bursts);
    TallyLeaves nothing = new TallyLeaves(EventKind.AUTH, Map.of());

    assertThatThrownBy(() -> watch.lookEarly(Rails.at(2), nothing, Rails.at(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Rails auths(long seed) {
    return new Rails(seed, EventKind.AUTH, PER_MINUTE);
  }

  private static String id(List<Burst> told) {
    return told.getFirst().getBurstId();
  }

  private static void run(Watch watch, Rails rails, int minutes, List<Burst> told) {
    for (int minute = 0; minute < minutes; minute++) {
      List<Map<Slice, Tally>> filling = rails.filling(minute, PARTS);
      for (int part = 0; part < PARTS; part++) {
        long at = Rails.at(minute) + (part + 1) * PART_MILLIS;
        TallyLeaves soFar = new TallyLeaves(EventKind.AUTH, filling.get(part));
        told.addAll(watch.lookEarly(Rails.at(minute), soFar, at).bursts());
      }
      told.addAll(
          watch.closeMinute(Rails.at(minute), filling.getLast(), Rails.at(minute + 1)).bursts());
    }
  }
}
