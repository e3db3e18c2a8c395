package io.tillwatch.topology.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Goal: the linear form of the likelihood ratio is the binomial one. Method: worked numbers. */
class ShiftTest {

  @Test
  void linearFormIsTheBinomialLogLikelihoodRatio() {
    double q = .1;
    double shifted = Shift.shifted(q, 2);
    double binomial = 7 * Math.log(shifted / q) + 13 * Math.log((1 - shifted) / (1 - q));

    assertThat(2 * 7 + 20 * Shift.slope(q, 2.0)).isCloseTo(binomial, within(1e-12));
  }

  @Test
  void aShiftOfTwoLogitsTakesTenPercentToFortyFive() {
    assertThat(Shift.shifted(.1, 2)).isCloseTo(.4509, within(1e-4));
  }

  @Test
  void whatIsExpectedSpeaksAgainstEveryShift() {
    for (int k = 0; k < Shift.COUNT; k++) {
      assertThat(Shift.theta(k) * 10 + 100 * Shift.slope(.1, k)).isNegative();
    }
  }
}
