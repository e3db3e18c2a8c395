package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: whatever comes late, is killed or falls silent for weeks, each event is once in the
 * minutes, the hours and the days that are held. Method: seeded stories against stores that are set
 * back to the last commit at every kill and forget by their retention; every span of every rung
 * compared cell by cell with a recount.
 */
class LadderStoryTest {

  private static final int STEPS = 240;
  private static final Duration LATE = Duration.ofMinutes(118);
  private static final Duration NEVER = Duration.ZERO;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyRungEqualsTheRecountWhateverHappened(long seed) {
    Random random = new Random(seed);
    CubeStage stage = new CubeStage(settings(random.nextInt(3)));
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(14)) {
        case 0 -> stage.kill();
        case 1 -> stage.restart();
        case 2, 3, 4, 5 -> {
          stage.commit();
          stage.checkDescent(random, LATE);
        }
        case 6 -> stage.tick();
        default -> stage.send(random, silence(random), LATE);
      }
      if (step % 50 == 0) {
        stage.commit();
        stage.checkRungs();
      }
    }
    stage.sealAll();
    stage.sealAll();
    stage.checkRungs();
    stage.checkAllCameUp();
  }

  /** Mostly minutes; now and then a night, a weekend, a season. */
  private static Duration silence(Random random) {
    return switch (random.nextInt(60)) {
      case 0 -> Duration.ofDays(100);
      case 1 -> Duration.ofDays(4);
      case 2, 3 -> Duration.ofHours(20);
      default -> Duration.ofMinutes(12);
    };
  }

  /** So many leaves that a commit ends in the middle of an hour, and of a cuboid. */
  @Test
  void anHourThatTakesManyCommitsTakesLateCellsAndKillsInBetween() {
    Random random = new Random(4);
    CubeStage stage = new CubeStage(settings(1));
    List<Slice> leaves = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      leaves.add(
          Slice.leaf(
              "p" + i % 7,
              "b" + i % 300,
              "r" + i % 3,
              "m",
              "s",
              "c" + i % 400,
              "a" + i,
              "v",
              "no"));
    }
    for (int minute = 0; minute < 28; minute++) {
      stage.send(leaves.subList(0, 5_850 + random.nextInt(150)), random);
      stage.commit();
    }
    stage.pass(Duration.ofMinutes(80));
    int between = 0;
    for (int i = 0; i < 30; i++) {
      stage.send(List.of(leaves.getFirst()), random);
      for (int late = 0; late < 10; late++) {
        Duration ago = Duration.ofMinutes(random.nextInt(118));
        stage.sendLate(ago, leaves.get(random.nextInt(leaves.size())), random);
      }
      if (random.nextInt(3) == 0) {
        stage.kill();
      }
      stage.commit();
      between += stage.isBetweenParts() ? 1 : 0;
    }
    assertThat(between).isPositive();
    stage.sealAll();
    stage.checkRungs();
    assertThat(stage.checkAllCameUp()).isPositive();
  }

  /** What the newer minutes wait for is due although they are due themselves. */
  @Test
  void aGapLongerThanTheRetentionThatIsClosedBetweenTwoCommitsLosesNothing() {
    Random random = new Random(6);
    CubeStage stage = new CubeStage(settings(0));
    for (int i = 0; i < 3; i++) {
      stage.send(random);
      stage.commit();
    }
    stage.pass(Duration.ofDays(4));
    for (int i = 0; i < 80; i++) {
      stage.send(random, Duration.ofMinutes(1), LATE);
    }
    for (int i = 0; i < 5; i++) {
      stage.commit();
      stage.checkRungs();
    }
    assertThat(stage.checkAllCameUp()).isEqualTo(1);
  }

  @Test
  void daysAreMadeOfMinutesWhereNoHoursAreKept() {
    Random random = new Random(5);
    CubeStage stage = new CubeStage(settings(Duration.ofDays(3), NEVER, Duration.ofDays(90)));
    for (int i = 0; i < 160; i++) {
      stage.send(random, silence(random), Duration.ofDays(2));
      if (random.nextInt(3) == 0) {
        stage.commit();
      }
    }
    for (int i = 0; i < 20; i++) {
      stage.sealAll();
    }
    stage.checkRungs();
    assertThat(stage.checkAllCameUp()).isPositive();
  }

  @Test
  void aRungThatIsOffIsNotThereAndACoarserOneIsKeptAsLongAsAFinerOne() {
    assertThat(settings(Duration.ofHours(2), NEVER, NEVER).rungs()).containsOnlyKeys(Rung.MINUTE);
    assertThat(settings(Duration.ofDays(400), Duration.ofDays(60), Duration.ofDays(730)).rungs())
        .containsEntry(Rung.MINUTE, Duration.ofDays(400))
        .containsEntry(Rung.HOUR, Duration.ofDays(400))
        .containsEntry(Rung.DAY, Duration.ofDays(730));
    assertThatThrownBy(() -> settings(Duration.ofHours(47), NEVER, Duration.ofDays(730)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cells are kept too short to make those of 1d");
  }

  private static CubeSettings settings(int shape) {
    return switch (shape) {
      case 0 -> settings(Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(4_000));
      case 1 -> settings(Duration.ofHours(2), Duration.ofDays(50), NEVER);
      default -> settings(Duration.ofHours(30), Duration.ofDays(3), Duration.ofDays(30));
    };
  }

  private static CubeSettings settings(Duration minutes, Duration hours, Duration days) {
    return new CubeSettings(
        1,
        minutes,
        hours,
        days,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        List.of(
            Set.of(),
            Set.of(Dimension.PSP),
            Set.of(Dimension.PSP, Dimension.BIN_RANGE, Dimension.REGION),
            Set.of(Dimension.PSP, Dimension.REGION),
            Set.of(Dimension.METHOD)),
        200_000,
        20_000,
        50_000);
  }
}
