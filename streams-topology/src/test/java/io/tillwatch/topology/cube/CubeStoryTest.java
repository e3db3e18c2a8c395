package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: whatever the order of blocks, late partials, seals, kills and restarts, the cube holds what
 * a plain recount of the committed blocks holds, and a reader sees each cell once. Method: seeded
 * stories against stores that are set back to the last commit at every kill; every cuboid compared
 * cell by cell, at the owner and as a copy would answer.
 */
class CubeStoryTest {

  private static final int STEPS = 250;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyCuboidEqualsTheRecountWhateverHappened(long seed) {
    Random random = new Random(seed);
    CubeStage stage = new CubeStage(settings(random.nextInt(3), 20_000, 50_000));
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(12)) {
        case 0 -> stage.kill();
        case 1 -> stage.restart();
        case 2, 3, 4 -> {
          stage.commit();
          stage.checkSome(random);
        }
        case 5 -> stage.tick();
        case 6 -> stage.checkBetweenCommits();
        default -> stage.send(random);
      }
    }
    stage.commit();
    stage.checkAll();
    stage.sealAll();
    stage.checkAll();
    assertThat(stage.openBlocks()).isZero();
  }

  @Test
  void aCuboidThatIsKeptFromNowOnIsAddedUpForOlderMinutes() {
    Random random = new Random(3);
    CubeStage stage = new CubeStage(settings(1, 20_000, 50_000));
    for (int i = 0; i < 40; i++) {
      stage.send(random);
    }
    stage.commit();
    stage.sealAll();
    CubeSettings before = stage.settings();
    List<Set<Dimension>> more =
        List.of(Set.of(), Set.of(Dimension.METHOD), Set.of(Dimension.METHOD, Dimension.REGION));
    stage.restart(with(before, more));
    for (int i = 0; i < 40; i++) {
      stage.send(random);
    }
    stage.commit();
    stage.checkAll();
    stage.restart(before);
    stage.checkAll();
  }

  /** Thousands of leaves, so that there are far more buckets than are read. */
  @Test
  void whatPspBinRangeAndRegionHaveInCommonIsFoundInMemoryAndOnDisk() {
    CubeStage stage = new CubeStage(settings(0, 20_000, 50_000));
    List<Slice> leaves =
        IntStream.range(0, 4_000)
            .mapToObj(i ->
                Slice.leaf(
                    "p" + i % 3,
                    "bin-" + i % 40,
                    "r" + i % 2,
                    "card",
                    "visa",
                    "DE",
                    "m" + i,
                    "c",
                    "no"))
            .toList();
    Random random = new Random(7);
    stage.send(leaves, random);
    stage.send(leaves.subList(0, 900), random);
    stage.commit();
    checkCommon(stage, leaves);
    stage.sealAll();
    checkCommon(stage, leaves);
  }

  private static void checkCommon(CubeStage stage, List<Slice> leaves) {
    Set<Dimension> three = Set.of(Dimension.PSP, Dimension.BIN_RANGE, Dimension.REGION);
    for (Slice leaf : leaves.subList(0, 50)) {
      stage.check(EnumSet.allOf(Dimension.class), leaf.keep(three));
      stage.check(EnumSet.allOf(Dimension.class), leaf);
    }
  }

  @Test
  void leavesBeyondTheMostOfAMinuteAreFoldedBeforeAndAfterItIsSealed() {
    int most = 30;
    CubeStage stage = new CubeStage(settings(0, most, 50_000));
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      stage.send(random);
      stage.commit();
    }
    stage.commit();
    stage.sealAll();
    stage.checkTotals();
    Map<Long, Integer> leaves = new TreeMap<>();
    stage.scan(
        EnumSet.allOf(Dimension.class),
        (minute, slice, tally) -> leaves.merge(minute, 1, Integer::sum) > 0);
    assertThat(leaves.values())
        .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(2 * most + 1));
    assertThat(leaves.values()).anySatisfy(count -> assertThat(count).isGreaterThan(most));
  }

  @Test
  void valuesThatFindNoRoomAreCountedAsOtherAndCounted() {
    CubeStage stage = new CubeStage(settings(0, 20_000, 10));
    for (int i = 0; i < 25; i++) {
      stage.sendOne(Slice.leaf("p" + i, "visa", "eu", "card", "visa", "DE", "m", "c", "yes"));
    }
    stage.commit();
    stage.checkTotals();
    Map<String, Long> events = new TreeMap<>();
    stage.scan(
        Set.of(Dimension.PSP),
        (minute, slice, tally) ->
            events.merge(String.valueOf(slice.get(Dimension.PSP)), tally.events(), Long::sum) > 0);
    assertThat(events).hasSize(11).containsEntry("other", 15L);
    assertThat(stage.folded(Dimension.PSP)).isEqualTo(15);
  }

  /** The sum over all leaves is never less than what was committed, never more than what came. */
  @Test
  void aReaderNeverMissesACellNorSeesItTwiceWhileMinutesAreSealed() {
    CubeStage stage = new CubeStage(settings(0, 20_000, 50_000));
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong looks = new AtomicLong();
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(() -> {
          while (!over.get()) {
            long atLeast = stage.committedEvents();
            long seen = stage.eventsSeen();
            assertThat(seen).isBetween(atLeast, stage.sentEvents());
            looks.incrementAndGet();
          }
        });
    Random random = new Random(9);
    for (int i = 0; i < 300 || looks.get() < 20; i++) {
      assertThat(reading).isNotCompletedExceptionally();
      stage.send(random);
      if (random.nextInt(3) == 0) {
        stage.commit();
      }
    }
    over.set(true);
    reading.join();
  }

  private static CubeSettings settings(int shape, int minuteCellsMax, int valuesMax) {
    List<Set<Dimension>> rollUps =
        switch (shape) {
          case 0 -> List.of(Set.of(), Set.of(Dimension.PSP));
          case 1 ->
              List.of(
                  Set.of(),
                  Set.of(Dimension.PSP, Dimension.BIN_RANGE, Dimension.REGION),
                  Set.of(Dimension.PSP, Dimension.REGION),
                  Set.of(Dimension.REGION));
          default -> CubeSettings.ROLL_UPS;
        };
    return new CubeSettings(
        1,
        Duration.ofHours(48),
        Duration.ofDays(60),
        Duration.ofDays(730),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        shape == 0 ? Duration.ZERO : Duration.ofMinutes(shape),
        rollUps,
        shape == 1 ? 150 : 200_000,
        minuteCellsMax,
        valuesMax);
  }

  private static CubeSettings with(CubeSettings s, List<Set<Dimension>> rollUps) {
    return new CubeSettings(
        s.partitions(),
        s.retention(),
        s.hoursRetention(),
        s.daysRetention(),
        s.grace(),
        s.silenceAfter(),
        s.sealAfter(),
        rollUps,
        s.residentCellsMax(),
        s.minuteCellsMax(),
        s.valuesMax());
  }
}
