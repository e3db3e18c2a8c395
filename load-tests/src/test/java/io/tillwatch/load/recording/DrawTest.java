package io.tillwatch.load.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: draws have the distribution they name. Method: moments of many, with a seed. */
class DrawTest {

  private static final int DRAWS = 40_000;

  private final SplittableRandom random = new SplittableRandom(7);

  private record Moments(double mean, double variance) {
    static Moments of(DoubleSupplier draw) {
      double[] values = new double[DRAWS];
      Arrays.setAll(values, _ -> draw.getAsDouble());
      double mean = Arrays.stream(values).average().orElseThrow();
      double square = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
      return new Moments(mean, square / DRAWS);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 2, 20})
  void gammaHasMeanOneAndVarianceOneByShape(double shape) {
    Moments moments = Moments.of(() -> Draw.gamma(random, shape));
    assertThat(moments.mean()).isCloseTo(1, within(0.03));
    assertThat(moments.variance() * shape).isCloseTo(1, within(0.06));
  }

  @ParameterizedTest
  @CsvSource({"10, 0.9, 0.01", "10, 0.9, 0.05", "200, 0.3, 0.05"})
  void betaBinomialVariesMoreThanBinomialByItsCorrelation(int n, double p, double correlation) {
    Moments moments = Moments.of(() -> Draw.betaBinomial(random, n, p, correlation));
    double binomial = n * p * (1 - p);
    assertThat(moments.mean()).isCloseTo(n * p, within(0.02 * n * p));
    assertThat(moments.variance() / binomial)
        .isCloseTo(1 + (n - 1) * correlation, within(0.05 * (1 + n * correlation)));
  }

  @Test
  void dirichletIsAroundItsSharesAndSumsToOne() {
    double[] shares = {0.7, 0.25, 0.05};
    Moments first = Moments.of(() -> Draw.dirichlet(random, 15, shares)[0]);
    assertThat(first.mean()).isCloseTo(0.7, within(0.01));
    assertThat(first.variance()).isCloseTo(0.7 * 0.3 / 16, within(0.001));
    assertThat(Arrays.stream(Draw.dirichlet(random, 15, shares)).sum()).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "1.2815516, 0.1", "2.3263479, 0.01", "-1.2815516, 0.9", "6, 9.9e-10"})
  void shareAboveIsTheNormalDistributions(double value, double share) {
    assertThat(Draw.above(value)).isCloseTo(share, within(1e-7));
  }

  @Test
  void parametersAreWholeThousandths() {
    for (int i = 0; i < 100; i++) {
      double value = Draw.between(random, 0.4, 2);
      assertThat(value).isBetween(0.4, 2.0);
      assertThat(value * 1_000).isCloseTo(Math.rint(value * 1_000), within(1e-9));
    }
  }

  @Test
  void walksHaveTheirSpreadAndForgetInTheirTime() {
    Wander walk = new Wander(3, Concern.BIN_DRIFT, 1, 0.1, 30);
    double[] values = new double[DRAWS];
    Arrays.setAll(
        values,
        _ -> {
          walk.next();
          return walk.at(0);
        });
    double square = 0;
    double lagged = 0;
    for (int i = 30; i < DRAWS; i++) {
      square += values[i] * values[i];
      lagged += values[i] * values[i - 30];
    }
    assertThat(Math.sqrt(square / DRAWS)).isCloseTo(0.1, within(0.01));
    assertThat(lagged / square).isCloseTo(Math.exp(-1), within(0.1));
  }
}
