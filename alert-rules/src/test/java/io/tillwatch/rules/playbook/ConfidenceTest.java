package io.tillwatch.rules.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Goal: whatever is said, confidence grows with it and stays below what nobody may claim. */
class ConfidenceTest {

  @Test
  void confidenceNeverFallsWhenMoreIsSaid() {
    double before = -1;
    for (int percent = 0; percent <= 100; percent++) {
      double now = Confidence.of(percent / 100.0);
      assertThat(now).isBetween(before, Confidence.MOST);
      before = now;
    }
  }

  @Test
  void nothingSaidIsNothingClaimed() {
    assertThat(Confidence.of(0)).isZero();
    assertThat(Confidence.of(1)).isEqualTo(Confidence.MOST);
  }
}
