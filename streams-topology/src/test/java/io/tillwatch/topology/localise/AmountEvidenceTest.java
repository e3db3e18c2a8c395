package io.tillwatch.topology.localise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: a leaf that moved further than chance moves leaves speaks for it, one that did not against.
 */
class AmountEvidenceTest {

  private static final int LEAVES = 400;
  private static final int HALVED = 10;
  private static final int GONE = 11;
  private static final int DOUBLED = 12;
  private static final int EMPTY = 13;
  private static final int ROUNDED = 14;

  private final double[] forecast = new double[LEAVES];
  private final double[] real = new double[LEAVES];

  @BeforeEach
  void leaves() {
    SplittableRandom random = new SplittableRandom(5);
    for (int leaf = 0; leaf < LEAVES; leaf++) {
      forecast[leaf] = 10 + random.nextInt(1_000);
      real[leaf] = forecast[leaf] * (1 + .05 * random.nextGaussian());
    }
    real[HALVED] = forecast[HALVED] / 2;
    real[GONE] = 0;
    real[DOUBLED] = forecast[DOUBLED] * 2;
    forecast[EMPTY] = 0;
    real[EMPTY] = 0;
    forecast[ROUNDED] = 1e-5;
    real[ROUNDED] = 0;
  }

  private static double best(Evidence evidence, int leaf) {
    double best = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < evidence.alternatives(); k++) {
      best = Math.max(best, evidence.ratio(leaf, k));
    }
    return best;
  }

  @Test
  void whatFellSpeaksForAFallAndNothingElseDoes() {
    Evidence fell = new AmountEvidence(real, forecast, 1);
    assertThat(best(fell, HALVED)).isGreaterThan(5);
    assertThat(best(fell, GONE)).isGreaterThan(3);
    assertThat(best(fell, DOUBLED)).isNegative();
    assertThat(Arrays.stream(fell.activeLeaves()).filter(leaf -> best(fell, leaf) > 5))
        .containsExactly(HALVED, GONE);
  }

  @Test
  void whereNothingElseIsGoneOneLeafThatIsSaysALot() {
    assertThat(best(new AmountEvidence(real, forecast, 1), GONE)).isGreaterThan(8);
    for (int leaf = 100; leaf < 130; leaf++) {
      forecast[leaf] = 0; // nothing was expected, something came: gone, mirrored
    }
    assertThat(best(new AmountEvidence(real, forecast, 1), GONE)).isLessThan(5);
  }

  @Test
  void aLeafThatDeviatesUnlikeTheOthersOfItsCauseStillSpeaksForIt() {
    Evidence fell = new AmountEvidence(real, forecast, 1);
    int byAFifth = 1; // the alternative that leaves fell by .2; this one by .5
    assertThat(fell.ratio(HALVED, byAFifth)).isBetween(0.0, best(fell, HALVED) - 1);
  }

  @Test
  void whatRoseSpeaksForARise() {
    Evidence rose = new AmountEvidence(real, forecast, -1);
    assertThat(best(rose, DOUBLED)).isGreaterThan(5);
    assertThat(best(rose, HALVED)).isNegative();
  }

  @Test
  void aLeafOfNextToNothingIsSilent() {
    assertThat(new AmountEvidence(real, forecast, 1).activeLeaves())
        .hasSize(LEAVES - 2)
        .doesNotContain(EMPTY, ROUNDED);
    double[] none = new double[3];
    assertThat(new AmountEvidence(none, none, 1).activeLeaves()).isEmpty();
  }

  @Test
  void oneLeafSaysOnlySoMuch() {
    for (int direction : new int[] {1, -1}) {
      Evidence evidence = new AmountEvidence(real, forecast, direction);
      for (int leaf : evidence.activeLeaves()) {
        for (int k = 0; k < evidence.alternatives(); k++) {
          assertThat(evidence.ratio(leaf, k)).isBetween(-4.0, 40.0);
        }
      }
    }
  }
}
