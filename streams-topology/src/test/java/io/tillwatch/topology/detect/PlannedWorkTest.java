package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.calendar.Calendar;
import io.tillwatch.rules.calendar.Occasion;
import io.tillwatch.rules.calendar.Planned;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: what fails, is slow or is silent where work is planned is no news and teaches nothing; what
 * breaks beside it or goes on after it is. Method: the seeded world of {@link Rails} with a PSP
 * that is down for half an hour.
 */
class PlannedWorkTest {

  private static final int HISTORY = 240;
  private static final int LENGTH = 30;
  private static final Aspect FAILURES = Aspect.failures(EventKind.AUTH);
  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");
  private static final Slice LATAM = Rails.cell("region", "latam");

  private final List<Burst> bursts = new ArrayList<>();
  private Lookout lookout = new Lookout(WatchSettings.DEFAULT, "acme", EventKind.AUTH);

  @Test
  void anOutageWithoutAPlanIsABurst() {
    run(auths(1).fails(NORTHPAY, HISTORY, HISTORY + LENGTH, .95), Calendar.EMPTY);

    assertThat(bursts).isNotEmpty();
  }

  @Test
  void whatFailsAndIsSlowWhereWorkIsPlannedIsNoNews() {
    run(
        auths(1)
            .fails(NORTHPAY, HISTORY, HISTORY + LENGTH, .95)
            .slows(NORTHPAY, HISTORY, HISTORY + LENGTH, 5),
        work(NORTHPAY, LENGTH));

    assertThat(bursts).isEmpty();
    assertThat(verdict(HISTORY + LENGTH - 1)).isEqualTo(Verdict.PLANNED_WORK);
    assertThat(verdict(HISTORY + LENGTH)).isEqualTo(Verdict.QUIET);
  }

  private Verdict verdict(int minute) {
    return lookout.explain(FAILURES, NORTHPAY, Rails.at(minute)).orElseThrow().verdict();
  }

  @Test
  void nobodyWaitsForAPspAtWork() {
    run(auths(2).grows(NORTHPAY, HISTORY, HISTORY + LENGTH, 0), work(NORTHPAY, LENGTH));

    assertThat(bursts).isEmpty();
  }

  @Test
  void whatGoesOnAfterThePlanIsFoundAtOnce() {
    run(auths(3).fails(NORTHPAY, HISTORY, HISTORY + 2 * LENGTH, .95), work(NORTHPAY, LENGTH));

    assertThat(bursts).isNotEmpty();
    assertThat(bursts.getFirst().getDetectedAt().toEpochMilli())
        .isBetween(Rails.at(HISTORY + LENGTH), Rails.at(HISTORY + LENGTH + 2));
    assertThat(bursts.getFirst().getExpected()).as("what is usual is as before").isGreaterThan(.8);
  }

  @Test
  void aBurstThatMeetsAPlanWaitsAndNothingBecomesNormal() {
    int begins = HISTORY - 10;
    Instant from = Instant.ofEpochMilli(Rails.at(HISTORY));
    Instant until = Instant.ofEpochMilli(Rails.at(HISTORY + 400));
    Occasion once = new Occasion.Once(from, until);
    Calendar work = new Calendar(List.of(new Planned("w", NORTHPAY.toMap(), once)), List.of());
    Rails rails =
        auths(5)
            .fails(NORTHPAY, begins, HISTORY + 20, .9)
            .fails(NORTHPAY, HISTORY + 440, HISTORY + 460, .5);
    run(rails, work, HISTORY + 460);

    List<String> ids = bursts.stream().map(Burst::getBurstId).distinct().toList();
    assertThat(ids).as("the outage before, and the one after").hasSize(2);
    assertThat(bursts)
        .noneMatch(burst ->
            burst.getUpdatedAt().isAfter(from.plusSeconds(60))
                && burst.getUpdatedAt().isBefore(until));
    Burst after = bursts.getLast();
    assertThat(after.getExpected()).as("what is usual is as before").isGreaterThan(.8);
  }

  @Test
  void aSmallPlanDoesNotDeafenTheTotal() {
    Slice leaf = Rails.leaf(0, 0, 0, 0);
    run(auths(6).grows(Slice.TOTAL, HISTORY + 5, HISTORY + LENGTH, 0), work(leaf, LENGTH));

    assertThat(bursts).isNotEmpty();
    assertThat(Slice.of(bursts.getFirst().getRootCells().getFirst().getSlice()))
        .isEqualTo(Slice.TOTAL);
  }

  @Test
  void thoseWhoStayedAreNotSilentWhenMostComesBack() {
    Calendar work =
        new Calendar(
            List.of(planned(NORTHPAY), planned(Rails.cell("psp", "alpinepay"))), List.of());
    run(auths(7), work);

    assertThat(bursts).isEmpty();
  }

  private static Planned planned(Slice where) {
    Instant from = Instant.ofEpochMilli(Rails.at(HISTORY));
    Occasion once = new Occasion.Once(from, Instant.ofEpochMilli(Rails.at(HISTORY + LENGTH)));
    return new Planned("work at " + where, where.toMap(), once);
  }

  @Test
  void whatBreaksBesideItIsFound() {
    run(
        auths(4)
            .fails(NORTHPAY, HISTORY, HISTORY + LENGTH, .95)
            .fails(LATAM, HISTORY + 5, HISTORY + LENGTH, .9),
        work(NORTHPAY, LENGTH));

    assertThat(bursts).isNotEmpty();
    assertThat(bursts)
        .allSatisfy(burst ->
            assertThat(Slice.of(burst.getRootCells().getFirst().getSlice())).isEqualTo(LATAM));
  }

  private static Calendar work(Slice where, int minutes) {
    Instant from = Instant.ofEpochMilli(Rails.at(HISTORY));
    Occasion once = new Occasion.Once(from, Instant.ofEpochMilli(Rails.at(HISTORY + minutes)));
    return new Calendar(List.of(new Planned("work", where.toMap(), once)), List.of());
  }

  private static Rails auths(long seed) {
    return new Rails(seed, EventKind.AUTH, 400);
  }

  private void run(Rails rails, Calendar calendar) {
    run(rails, calendar, HISTORY + 2 * LENGTH + 10);
  }

  private void run(Rails rails, Calendar calendar, int minutes) {
    lookout = new Lookout(WatchSettings.DEFAULT.with(calendar), "acme", EventKind.AUTH);
    for (int minute = 0; minute < minutes; minute++) {
      MinuteLeaves leaves = new TallyLeaves(EventKind.AUTH, rails.minute(minute));
      long at = Rails.at(minute);
      bursts.addAll(lookout.lookEarly(at, leaves, Rails.at(minute + 1)).bursts());
      bursts.addAll(lookout.closeMinute(at, leaves, Rails.at(minute + 1)).bursts());
    }
  }
}
