package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DriftTest {

  /** Goal: the spread is the one asked for, at knots and between. Seed 1; 0.1 is wanted. */
  @Test
  void itSpreadsAsWideAsItsSigmaAroundZero() {
    Drift drift = new Drift(1, 2, 0.1);
    double sum = 0;
    double squares = 0;
    int minutes = 0;
    for (int subject = 0; subject < 40; subject++) {
      for (long minute = 0; minute < 90_000; minute += 17) {
        double value = drift.at(minute, subject);
        sum += value;
        squares += value * value;
        minutes++;
      }
    }
    assertThat(sum / minutes).isCloseTo(0, within(0.005));
    assertThat(Math.sqrt(squares / minutes)).isCloseTo(0.1, within(0.005));
  }

  @Test
  void itMovesSlowly() {
    Drift drift = new Drift(1, 2, 0.1);
    for (long minute = -5_000; minute < 5_000; minute++) {
      assertThat(drift.at(minute + 1, 3)).isCloseTo(drift.at(minute, 3), within(0.015));
    }
  }
}
