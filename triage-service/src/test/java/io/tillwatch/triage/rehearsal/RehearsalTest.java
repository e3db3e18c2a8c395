package io.tillwatch.triage.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.triage.rehearsal.Rehearsal.Play;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: whatever fails, nobody is paged twice or never, no order is turned round, all is settled.
 *
 * <p>Method: seeded plays of the real desk and executors; each planted bug must be found by some.
 * {@code new Rehearsal(false).story(seed, null)} tells what happened in one.
 */
class RehearsalTest {

  private static final int SEEDS = 400;
  private static final int SEEDS_WITH_JUMPS = 120;

  /** The rarest of the planted bugs shows in about every tenth play. */
  private static final int SEEDS_TO_FIND = 200;

  @Test
  void everyPromiseIsKeptWhateverFails() {
    assertThat(broken(new Rehearsal(false), SEEDS)).isEmpty();
  }

  @Test
  void aClockThatIsSetToAndFroPagesNobodyTwiceAndSticksNoRetry() {
    assertThat(broken(new Rehearsal(true), SEEDS_WITH_JUMPS)).isEmpty();
  }

  private static List<Play> broken(Rehearsal stage, int seeds) {
    return LongStream.range(0, seeds)
        .parallel()
        .mapToObj(stage::play)
        .filter(play -> !play.clean())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedBugIsFound(Bug bug) {
    assertThat(new Rehearsal(true).find(bug, 0, SEEDS_TO_FIND).violation()).isNotEmpty();
  }

  @Test
  void theStoryOfASeedIsThePlayAgain() {
    Rehearsal stage = new Rehearsal(false);
    Play found = stage.find(Bug.DROPPED_RECORD, 0, SEEDS_TO_FIND);
    List<String> story = stage.story(found.seed(), Bug.DROPPED_RECORD);
    assertThat(story.getLast()).isEqualTo("BROKEN  " + found.violation());
    assertThat(story).anyMatch(line -> line.contains("PAGER ← INC-"));
    assertThat(stage.story(found.seed(), Bug.DROPPED_RECORD)).isEqualTo(story);
  }
}
