package io.tillwatch.topology.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftplusTest {

  private final double[] values = new double[31];

  @Test
  void theTableIsTheFunction() {
    for (double first = -20; first < 25; first += .0137) {
      Softplus.fill(first, Softplus.PER_UNIT / 4, values);
      for (int i = 0; i < values.length; i++) {
        double exact = Math.log1p(Math.exp(first + i / 4.0));
        assertThat(values[i]).as("at %f", first + i / 4.0).isCloseTo(exact, within(5e-7));
      }
    }
  }

  @Test
  void beyondTheTableItStaysWithinIt() {
    for (double first : new double[] {-1e9, Double.NEGATIVE_INFINITY, -30, 60, 1e9}) {
      Softplus.fill(first, Softplus.PER_UNIT / 4, values);
      assertThat(values).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    }
  }
}
