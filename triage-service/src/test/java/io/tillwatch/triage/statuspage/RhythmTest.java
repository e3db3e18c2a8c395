package io.tillwatch.triage.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RhythmTest {

  private static final StatusSettings SETTINGS =
      new StatusSettings(
          List.of(), Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(10));

  private final Rhythm rhythm = new Rhythm(SETTINGS, new SplittableRandom(7));

  @Test
  void aPageThatIsThereIsLookedAtRegularlyButNotInStep() {
    assertThat(rhythm.next(0, Duration.ZERO))
        .isBetween(Duration.ofSeconds(27), Duration.ofSeconds(33))
        .isNotEqualTo(rhythm.next(0, Duration.ZERO));
  }

  @Test
  void aPageThatIsAwayIsLookedAtMoreAndMoreSeldomUpToALimit() {
    assertThat(rhythm.next(2, Duration.ZERO))
        .isBetween(Duration.ofSeconds(108), Duration.ofSeconds(132));
    assertThat(rhythm.next(1_000_000, Duration.ZERO))
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
  }

  @Test
  void aPageThatAsksToBeLeftAloneIsWithinTheLimit() {
    assertThat(rhythm.next(1, Duration.ofMinutes(5)))
        .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(330));
    assertThat(rhythm.next(1, Duration.ofDays(1))).isLessThan(Duration.ofMinutes(12));
  }
}
