package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void everyTaskIsWaitedForUntilItHasSpoken() {
    Progress progress = new Progress(2);
    progress.hear(0, 5_000, false);
    assertThat(progress.watermarkMillis()).isEqualTo(Progress.NONE);
    progress.hear(1, 3_000, false);
    assertThat(progress.watermarkMillis()).isEqualTo(3_000);
  }

  @Test
  void idleTaskIsNotWaitedFor() {
    Progress progress = new Progress(2);
    progress.hear(0, 5_000, false);
    progress.hear(1, 0, true);
    assertThat(progress.watermarkMillis()).isEqualTo(5_000);
    assertThat(progress.isSilent()).isFalse();
    progress.hear(0, 5_000, true);
    assertThat(progress.isSilent()).isTrue();
    assertThat(progress.watermarkMillis()).isEqualTo(5_000);
  }

  @Test
  void watermarkOfATaskNeverGoesBack() {
    Progress progress = new Progress(1);
    progress.hear(0, 5_000, false);
    progress.hear(0, 1_000, false);
    assertThat(progress.watermarkMillis()).isEqualTo(5_000);
  }

  @Test
  void storedProgressReadsBack() {
    Progress progress = new Progress(3);
    progress.hear(0, 7_000, false);
    progress.hear(1, 6_000, false);
    progress.hear(2, 0, true);
    progress.nextToCloseMillis = 60_000;
    progress.newestMinuteMillis = 120_000;
    progress.sealedToMillis = 30_000;
    byte[] stored = progress.toBytes();
    Progress back = Progress.of(stored, 3);
    assertThat(back.watermarkMillis()).isEqualTo(6_000);
    assertThat(back.newestMinuteMillis).isEqualTo(120_000);
    assertThat(back.sealedToMillis).isEqualTo(30_000);
    assertThat(Progress.newestMinuteIn(stored)).isEqualTo(120_000);
    assertThat(Progress.watermarkIn(stored)).isEqualTo(6_000);
    assertThat(Progress.nextToCloseIn(stored)).isEqualTo(60_000);
    assertThat(Progress.of(back.toBytes(), 3).toBytes()).isEqualTo(back.toBytes());
  }

  @Test
  void afterARestartEveryTaskHasToSayAnewThatItIsIdle() {
    Progress progress = new Progress(2);
    progress.hear(0, 7_000, true);
    progress.hear(1, 5_000, true);
    Progress back = Progress.of(progress.toBytes(), 2);
    assertThat(back.isSilent()).isFalse();
    assertThat(back.watermarkMillis()).isEqualTo(7_000);
    back.hear(0, 99_000, false);
    assertThat(back.watermarkMillis()).isEqualTo(7_000);
    back.hear(1, 0, true);
    assertThat(back.watermarkMillis()).isEqualTo(99_000);
    back.hear(0, 99_000, true);
    assertThat(back.isSilent()).isTrue();
  }
}
