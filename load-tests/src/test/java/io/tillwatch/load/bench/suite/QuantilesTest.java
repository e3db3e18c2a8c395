package io.tillwatch.load.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: what the tables quote is what was measured. */
class QuantilesTest {

  @Test
  void quantilesAreOfTheValuesInOrder() {
    Quantiles quantiles = new Quantiles();
    for (int i = 2_000; i > 0; i--) {
      quantiles.add(i);
    }
    assertThat(quantiles.at(.5)).isEqualTo(1_001);
    assertThat(quantiles.at(.99)).isEqualTo(1_981);
    assertThat(quantiles.at(1)).isEqualTo(2_000);
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    assertThat(new Quantiles().at(.99)).isNegative();
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
  }
}
