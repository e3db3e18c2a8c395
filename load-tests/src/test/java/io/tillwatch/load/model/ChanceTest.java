package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChanceTest {

  @Test
  void poissonHasTheMeanAndTheVarianceOfItsMean() {
    for (double mean : new double[] {0.3, 7, 31.9, 32.1, 150}) {
      SplittableRandom random = new SplittableRandom(4);
      int draws = 40_000;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < draws; i++) {
        int count = Chance.poisson(random, mean);
        sum += count;
        squares += (double) count * count;
      }
      double average = sum / draws;
      assertThat(average / mean).isCloseTo(1, within(0.02));
      assertThat((squares / draws - average * average) / mean).isCloseTo(1, within(0.04));
    }
  }

  @Test
  void streamsOfDifferentThingsDiffer() {
    long first = Chance.stream(1, 2, 3, 4).nextLong();
    assertThat(Chance.stream(1, 2, 3, 4).nextLong()).isEqualTo(first);
    assertThat(Chance.stream(2, 1, 3, 4).nextLong()).isNotEqualTo(first);
    assertThat(Chance.stream(1, 2, 4, 3).nextLong()).isNotEqualTo(first);
  }

  @Test
  void lettersHoldNoDigit() {
    assertThat(Chance.letters(new SplittableRandom(9), 40)).matches("[a-p]{40}");
  }
}
