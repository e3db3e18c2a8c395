package io.tillwatch.topology.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Goal: what leaves do by themselves is no evidence, and being hit less than others no alibi. */
class VariedRateEvidenceTest {

  private static final double NORMAL = .1;
  private static final int SHIFT = 5; // 1.9 logits: .1 becomes .43
  private static final double SHIFTED = Shift.shifted(NORMAL, Shift.theta(SHIFT));

  private static double varied(double attempts, double rate, int shift) {
    return new VariedRateEvidence(window(attempts, rate), new double[] {NORMAL}).ratio(0, shift);
  }

  private static double plain(double attempts, double rate, int shift) {
    return new RateEvidence(window(attempts, rate), new double[] {NORMAL}).ratio(0, shift);
  }

  private static LeafWindow window(double attempts, double rate) {
    LeafWindow window = new LeafWindow(1);
    window.add(0, attempts, attempts * rate);
    return window;
  }

  @Test
  void ofFewAttemptsItSaysWhatTheBinomialOneSays() {
    for (double rate : new double[] {0, .5, 1}) {
      assertThat(varied(2, rate, SHIFT)).isCloseTo(plain(2, rate, SHIFT), within(.2));
    }
  }

  @Test
  void aLeafThatStraysAsQuietOnesDoSpeaksForNothing() {
    double strayed = Shift.shifted(NORMAL, .25);
    assertThat(plain(5_000, strayed, 0)).isGreaterThan(10);
    assertThat(varied(5_000, strayed, 0)).isLessThan(1);
  }

  @Test
  void aLeafOfManyAttemptsThatIsHitLessThanItsCauseSpeaksForIt() {
    double hitLess = Shift.shifted(NORMAL, 1);
    assertThat(plain(5_000, hitLess, SHIFT)).isNegative();
    assertThat(varied(5_000, hitLess, SHIFT)).isPositive();
  }

  @Test
  void oneThatIsNotHitSpeaksAgainstIt() {
    assertThat(varied(5_000, NORMAL, SHIFT)).isNegative();
    assertThat(varied(5_000, SHIFTED, SHIFT)).isPositive();
  }

  @Test
  void anyNumberOfAttemptsGivesANumber() {
    for (double rate : new double[] {0, NORMAL, 1}) {
      for (int shift = 0; shift < Shift.COUNT; shift++) {
        assertThat(varied(1e9, rate, shift)).isFinite();
      }
    }
  }
}
