package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Goal: what is said of a minute, now or up to three hours later, is what was thought then. Method:
 * part of a PSP fails a little from minute 240 on, so that it takes some minutes to be found.
 */
class InquiryTest {

  private static final int START = 240;
  private static final Slice CELL = Rails.cell("psp", "northpay", "region", "eu-west");
  private static final Slice OTHER = Rails.cell("psp", "alpinepay");

  private final Rails rails = new Rails(3, EventKind.AUTH, 250).fails(CELL, START, START + 30, .2);
  private final List<Map<Slice, Tally>> cells = new ArrayList<>();
  private final List<Burst> bursts = new ArrayList<>();
  private final Map<String, byte[]> stored = new HashMap<>();
  private final Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);

  private void closeOne() {
    int minute = cells.size();
    cells.add(rails.minute(minute));
    bursts.addAll(
        watch.closeMinute(Rails.at(minute), cells.getLast(), Rails.at(minute + 1)).bursts());
    for (StateEntry entry : watch.drainState()) {
      if (entry.value() == null) {
        stored.remove(entry.key());
      } else {
        stored.put(entry.key(), entry.value());
      }
    }
  }

  private void closeUntil(int minutes) {
    while (cells.size() < minutes) {
      closeOne();
    }
  }

  private static Explanation at(Watch of, Slice slice, int minute) {
    return of.explain(slice, Rails.at(minute)).orElseThrow();
  }

  @Test
  void aQuietCellIsCountedAndTellsHowFarItIs() {
    closeUntil(START);
    Explanation why = watch.explain(OTHER);
    long attempts = 0;
    long failures = 0;
    for (Map.Entry<Slice, Tally> cell : cells.getLast().entrySet()) {
      if (OTHER.covers(cell.getKey())) {
        attempts += cell.getValue().judged(EventKind.AUTH);
        failures +=
            cell.getValue().judged(EventKind.AUTH) - cell.getValue().successes(EventKind.AUTH);
      }
    }
    assertThat(why.verdict()).isEqualTo(Verdict.QUIET);
    assertThat(why.minuteMillis()).isEqualTo(Rails.at(START - 1));
    assertThat(why.recomputed()).isFalse();
    assertThat(why.minute().attempts()).isEqualTo(attempts);
    assertThat(why.minute().failures()).isEqualTo(failures);
    assertThat(why.minute().failuresExpected() / attempts).isBetween(.05, .25);
    assertThat(why.statistic()).isLessThan(why.threshold());
    assertThat(why.threshold()).isBetween(10.0, 16.0);
    assertThat(why.gate()).isBetween(0.0, .9);
    assertThat(why.drift()).isBetween(.03, .5);
    assertThat(why.correlation()).isBetween(.002, .15);
    assertThat(why.burstId()).isNull();
    assertThat(watch.explain(OTHER, Rails.at(START - 1))).contains(why);
  }

  @Test
  void whatWasThoughtOfACellIsStillKnownLater() {
    closeUntil(START);
    List<Explanation> then = new ArrayList<>();
    while (bursts.isEmpty()) {
      closeOne();
      then.add(watch.explain(CELL));
    }
    assertThat(then).hasSizeBetween(2, 15);
    Explanation fired = then.getLast();
    assertThat(fired.verdict()).isEqualTo(Verdict.FIRED);
    assertThat(fired.statistic()).isGreaterThan(fired.threshold());
    assertThat(fired.gate()).isGreaterThan(.7);
    assertThat(fired.burstId()).isEqualTo(bursts.getFirst().getBurstId());
    assertThat(fired.window().failures()).isGreaterThan(12);
    assertThat(fired.failuresMissing()).isZero();
    Explanation begun = then.getFirst();
    assertThat(begun.verdict()).isEqualTo(Verdict.QUIET);
    assertThat(begun.burstId()).isNull();

    int opened = cells.size() - 1;
    closeUntil(opened + 60);
    Explanation later = at(watch, CELL, opened);
    assertThat(later.verdict()).isEqualTo(Verdict.FIRED);
    assertThat(later.recomputed()).isFalse();
    assertThat(later.statistic()).isEqualTo(fired.statistic());
    assertThat(later.gate()).isEqualTo(fired.gate());
    assertThat(later.minute().failures()).isEqualTo(fired.minute().failures());
    assertThat(later.window().failures()).isEqualTo(fired.window().failures());
    assertThat(later.burstId()).isEqualTo(fired.burstId());
    Explanation open = at(watch, CELL.with(Dimension.THREE_DS, "yes"), opened + 3);
    assertThat(open.verdict()).isEqualTo(Verdict.EXPLAINED);
    assertThat(open.burstId()).isEqualTo(fired.burstId());
    for (int age = 1; age <= OpenBurst.LAST_REFINEMENT; age++) {
      assertThat(at(watch, CELL, opened + age).verdict()).isEqualTo(Verdict.EXPLAINED);
      assertThat(at(watch, CELL, opened + age).failuresMissing()).isZero();
    }
    assertThat(at(watch, CELL, opened + 55).verdict()).isEqualTo(Verdict.QUIET);
  }

  @Test
  void beforeItWasFoundTheEvidenceGrewAndIsSaidToBeRecomputed() {
    closeUntil(START);
    List<Explanation> then = new ArrayList<>();
    while (bursts.isEmpty()) {
      closeOne();
      then.add(watch.explain(CELL));
    }
    closeUntil(START + 60);
    for (int i = 0; i < then.size() - 1; i++) {
      Explanation later = at(watch, CELL, START + i);
      if (then.get(i).verdict() == Verdict.QUIET) {
        assertThat(later.recomputed()).isTrue();
        assertThat(later.verdict()).isEqualTo(Verdict.QUIET);
      }
      assertThat(later.statistic()).isCloseTo(then.get(i).statistic(), within(1.0));
      assertThat(later.gate()).isCloseTo(then.get(i).gate(), within(.1));
      assertThat(later.burstId()).isNull();
    }
  }

  @Test
  void whatCannotBeJudgedSaysWhy() {
    closeUntil(30);
    Explanation early = watch.explain(CELL);
    assertThat(early.verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(early.historyMissingMinutes()).isEqualTo(45);
    assertThat(early.minute().attempts()).isPositive();
    closeUntil(120);
    assertThat(watch.explain(CELL).verdict()).isEqualTo(Verdict.QUIET);
    assertThat(at(watch, CELL, 29).verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(at(watch, CELL, 29).historyMissingMinutes()).isEqualTo(45);
    assertThat(watch.explain(CELL, Rails.at(120))).isEmpty();
    assertThat(watch.explain(CELL, Rails.at(-1))).isEmpty();

    Explanation nobody = watch.explain(Rails.cell("psp", "nobody"));
    assertThat(nobody.verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(nobody.minute().attempts()).isZero();
    Watch coarse =
        new Watch(
            new WatchSettings(EnumSet.of(Dimension.PSP), 10_080, 12, 60, 5_000, 50_000),
            "acme",
            EventKind.AUTH);
    for (int minute = 0; minute < 120; minute++) {
      coarse.closeMinute(Rails.at(minute), cells.get(minute), Rails.at(minute + 1));
    }
    Explanation untested = coarse.explain(CELL);
    assertThat(untested.verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(untested.minute().attempts())
        .isPositive()
        .isEqualTo(watch.explain(CELL).minute().attempts());
    assertThat(untested.threshold()).isZero();
  }

  @Test
  void whatIsMissingForAnybodyToBeToldIsCounted() {
    closeUntil(START);
    Explanation why = watch.explain(Rails.cell("psp", "solarpay", "region", "latam"));
    assertThat(why.verdict()).isEqualTo(Verdict.QUIET);
    long failed = why.window().failures();
    assertThat(why.failuresMissing()).isBetween((int) Math.max(0, 8 - failed), 12);
  }

  @Test
  void aQuestionChangesNothing() {
    Watch asked = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    closeUntil(START + 60);
    List<Burst> told = new ArrayList<>();
    Map<String, byte[]> kept = new HashMap<>();
    for (int minute = 0; minute < cells.size(); minute++) {
      told.addAll(
          asked.closeMinute(Rails.at(minute), cells.get(minute), Rails.at(minute + 1)).bursts());
      for (Slice slice : List.of(CELL, OTHER, Slice.TOTAL)) {
        asked.explain(slice);
        asked.explain(slice, Rails.at(Math.max(0, minute - 100)));
      }
      for (StateEntry entry : asked.drainState()) {
        if (entry.value() == null) {
          kept.remove(entry.key());
        } else {
          kept.put(entry.key(), entry.value());
        }
      }
    }
    assertThat(told).isEqualTo(bursts);
    assertThat(kept).containsExactlyInAnyOrderEntriesOf(stored);
  }

  @Test
  void afterARestartAnOlderMinuteIsWorkedOutFromWhatIsStored() {
    closeUntil(START);
    while (bursts.isEmpty()) {
      closeOne();
    }
    int opened = cells.size() - 1;
    closeUntil(START + 130);
    Watch restored = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    stored.forEach(restored::restore);

    assertThat(restored.explain(CELL)).isEqualTo(watch.explain(CELL));
    Explanation older = at(restored, CELL, opened + 2);
    assertThat(older.verdict()).isEqualTo(Verdict.EXPLAINED);
    assertThat(older.recomputed()).isTrue();
    assertThat(older.burstId()).isNull();
    assertThat(at(watch, CELL, opened + 2).burstId()).isNotNull();
  }
}
