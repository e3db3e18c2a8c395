package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final int SOURCES = 3;

  @Test
  void whatIsStoredIsReadAgain() {
    Progress progress = new Progress(SOURCES);
    progress.newestMinuteMillis = 180_000;
    progress.nextToCloseMillis = 60_000;
    byte[] stored = progress.toBytes();
    assertThat(Progress.isReadable(stored)).isTrue();
    Progress read = Progress.of(stored, SOURCES);
    assertThat(read.newestMinuteMillis).isEqualTo(180_000);
    assertThat(read.nextToCloseMillis).isEqualTo(60_000);
    assertThat(read.toBytes()).isEqualTo(stored);
  }

  @Test
  void whoTakesIdlenessBackIsWaitedForAndUndoesNothing() {
    Progress progress = new Progress(SOURCES);
    progress.hear(0, 60_000, false);
    progress.hear(1, 90_000, false);
    progress.hear(2, 0, true);
    assertThat(progress.watermarkMillis()).isEqualTo(60_000);

    progress.hear(2, 0, false);
    progress.hear(0, 120_000, false);
    assertThat(progress.watermarkMillis()).as("what was reached").isEqualTo(60_000);

    progress.hear(2, 100_000, false);
    assertThat(progress.watermarkMillis()).isEqualTo(90_000);
  }

  /** Cells lay elsewhere then: whoever went on would look for them in the wrong places. */
  @Test
  void storesOfAnEarlierBuildAreRefused() {
    byte[] stored = new Progress(SOURCES).toBytes();
    stored[0]--;
    assertThat(Progress.isReadable(stored)).isFalse();
    assertThatThrownBy(() -> Progress.of(stored, SOURCES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format 3, expected 4");
  }
}
