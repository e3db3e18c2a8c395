package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleFile;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: an objective says no more than it can be sure of, keeps to its limits and says what they
 * leave out, and lets go of what something else explains or what it is not asked for any more.
 *
 * <p>Method: the seeded world of {@link Rails}, or failures in clumps of a known size.
 */
class HeldSlicesTest {

  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");

  private static final String FLOOR =
      """
      watches:
        - name: floor
          kind: auth
          kpi: success_rate
          each: [psp]
          failures-min: 0
          objective: {at-least: 0.75, over: 20m, events-min: 200}
      """;

  private static final String QUICK =
      """
      watches:
        - name: quick
          kind: auth
          kpi: latency
          each: [psp]
          failures-min: 0
          objective: {at-least: 0.95, within: 2s, over: 15m, events-min: 100}
      """;

  @Test
  void ofManyThatBreakTheSurestAreToldAndTheRestIsCounted() {
    String each =
        FLOOR.replace("[psp]", "[psp, binRange]").replace("events-min: 200", "events-min: 20");
    Rails rails = new Rails(1, EventKind.AUTH, 400).fails(Rails.cell(), 0, 40, .9);
    Watch watch = watch(each);
    List<Burst> told = new ArrayList<>();
    for (int minute = 0; minute < 40; minute++) {
      told.addAll(close(watch, rails.minute(minute), minute).bursts());
    }

    assertThat(ids(told, "floor")).hasSize(HeldSlices.BROKEN_MAX);
    assertThat(watch.leftOut())
        .singleElement()
        .satisfies(left -> {
          assertThat(left.rule()).isEqualTo("floor");
          assertThat(left.slices()).isGreaterThan(20);
          assertThat(left.leaves()).isZero();
        });
    assertThat(watch(FLOOR).leftOut()).isEmpty();
  }

  @Test
  void slicesBeyondThoseThatAreJudgedAreCounted() {
    Map<Slice, Tally> leaves = new HashMap<>();
    for (int bin = 0; bin < ObjectiveCounts.SLICES_MAX + 5; bin++) {
      leaves.put(Rails.leaf(0, 0, bin, 0), clumped(1, new SplittableRandom(1)));
    }
    Watch watch = watch(FLOOR.replace("[psp]", "[binRange]"));
    close(watch, leaves, 0);

    assertThat(watch.leftOut()).containsExactly(new LeftOut("floor", 0, 5));
  }

  /**
   * One leaf has nearly all events, and its failures come in clumps: each minute one in twelve or
   * one in eight, of one in ten that are allowed. Told once in six hours at most: in 700 minutes
   * less than 3 times.
   */
  @Test
  void failuresInClumpsOfOneLargeLeafAreNoCertainty() {
    SplittableRandom random = new SplittableRandom(1);
    Watch watch =
        watch(FLOOR.replace("each: [psp]", "false-alarm-every: 6h").replace("0.75", "0.90"));
    List<Burst> told = new ArrayList<>();
    for (int minute = 0; minute < 700; minute++) {
      Map<Slice, Tally> leaves = new HashMap<>();
      leaves.put(Rails.leaf(0, 0, 0, 0), clumped(1_000, random));
      for (int small = 1; small <= 40; small++) {
        leaves.put(Rails.leaf(1 + small % 3, small % 4, small % 12, small), clumped(1, random));
      }
      told.addAll(close(watch, leaves, minute).bursts());
    }
    assertThat(ids(told, "floor")).as("seed 1").hasSizeLessThan(3);
  }

  /** Events that failed as they do when their variance is that of a correlation of .01. */
  private static Tally clumped(int events, SplittableRandom random) {
    double share = .1 + (random.nextBoolean() ? 1 : -1) * Math.sqrt(.01 * .1 * .9);
    Tally tally = new Tally();
    for (int i = 0; i < events; i++) {
      boolean isBad = random.nextDouble() < share;
      tally.add(
          EventKind.AUTH,
          isBad ? Outcome.ERROR : Outcome.APPROVED,
          isBad ? Reason.GATEWAY_ERROR : null,
          1,
          "EUR",
          5_000,
          300);
    }
    return tally;
  }

  @Test
  void whatIsHeldToSomethingElseIsClosedAndJudgedAnew() {
    Rails rails = new Rails(2, EventKind.AUTH, 400).fails(NORTHPAY, 0, 60, .4);
    Watch watch = watch(FLOOR);
    List<Burst> before = new ArrayList<>();
    for (int minute = 0; minute < 20; minute++) {
      before.addAll(close(watch, rails.minute(minute), minute).bursts());
    }
    assertThat(ids(before, "floor")).hasSize(1);

    follow(watch, FLOOR.replace("over: 20m", "over: 30m"));
    List<Burst> same = close(watch, rails.minute(20), 20).bursts();
    assertThat(same).allMatch(burst -> burst.getState() == BurstState.OPEN);

    follow(watch, FLOOR.replace("0.75", "0.70"));
    List<Burst> after = close(watch, rails.minute(21), 21).bursts();
    Burst closed = after.getFirst();
    assertThat(ids(before, "floor")).containsExactly(closed.getBurstId());
    assertThat(closed.getState()).isEqualTo(BurstState.CLOSED);
    assertThat(closed.getExpected()).isEqualTo(.75);
    assertThat(after.subList(1, after.size()))
        .singleElement()
        .satisfies(anew -> {
          assertThat(anew.getBurstId()).isNotEqualTo(closed.getBurstId());
          assertThat(anew.getState()).isEqualTo(BurstState.OPEN);
          assertThat(anew.getExpected()).isEqualTo(.70);
        });
  }

  /** Stopped in between, it knows what the failures' watch knew in each minute of before. */
  @Test
  void aBurstOfFailuresExplainsWhatIsSlowToo() {
    Rails rails =
        new Rails(3, EventKind.AUTH, 400)
            .slows(NORTHPAY, 0, 160, 3.5)
            .fails(NORTHPAY, 130, 160, .9);
    Lookout lookout = new Lookout(plan(QUICK), "acme", EventKind.AUTH);
    List<Burst> told = new ArrayList<>();
    Map<String, byte[]> store = new HashMap<>();
    for (int minute = 0; minute < 140; minute++) {
      if (minute == 137) {
        lookout = new Lookout(plan(QUICK), "acme", EventKind.AUTH);
        store.forEach(lookout::restore);
      }
      MinuteLeaves leaves = new TallyLeaves(EventKind.AUTH, rails.minute(minute));
      told.addAll(lookout.closeMinute(Rails.at(minute), leaves, Rails.at(minute + 1)).bursts());
      for (StateEntry entry : lookout.drainState()) {
        if (entry.value() == null) {
          store.remove(entry.key());
        } else {
          store.put(entry.key(), entry.value());
        }
      }
    }

    Burst outage =
        told.stream().filter(b -> b.getRule().equals("auth-success-rate")).findFirst().get();
    List<Burst> slow = told.stream().filter(b -> b.getRule().equals("quick")).toList();
    assertThat(ids(slow, "quick")).hasSize(1);
    assertThat(slow.getLast().getState()).isEqualTo(BurstState.CLOSED);
    assertThat(slow.getLast().getClosedAt()).isEqualTo(outage.getDetectedAt());
  }

  private static Watch watch(String rules) {
    WatchPlan plan = plan(rules);
    return new Watch(
        plan.failures(EventKind.AUTH),
        Subject.failures("acme", EventKind.AUTH),
        10_080,
        plan.ofFailures(EventKind.AUTH));
  }

  private static void follow(Watch watch, String rules) {
    WatchPlan plan = plan(rules);
    watch.follow(plan.failures(EventKind.AUTH), 10_080, plan.ofFailures(EventKind.AUTH));
  }

  private static WatchPlan plan(String rules) {
    return WatchPlan.of(List.of(new RuleFile("site.yaml", rules)));
  }

  private static Findings close(Watch watch, Map<Slice, Tally> leaves, int minute) {
    return watch.closeMinute(Rails.at(minute), leaves, Rails.at(minute + 1));
  }

  private static List<String> ids(List<Burst> told, String rule) {
    return told.stream()
        .filter(burst -> burst.getRule().equals(rule))
        .map(Burst::getBurstId)
        .distinct()
        .toList();
  }
}
