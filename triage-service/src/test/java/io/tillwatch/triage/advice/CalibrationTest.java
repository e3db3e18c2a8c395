package io.tillwatch.triage.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

  @Test
  void betweenTwoRowsTheLineIsStraight() {
    Calibration table = Calibration.parse("# said worth\n0 0\n0.5 0.2\n\n1 0.6");
    assertThat(table.worth(0.25)).isEqualTo(0.1);
    assertThat(table.worth(0.75)).isEqualTo(0.4);
    assertThat(table.worth(7)).isEqualTo(0.6);
    assertThat(table.worth(-7)).isZero();
  }

  @Test
  void theShippedTableKeepsTheOrderAndPromisesNoMoreThanWasSaid() {
    Calibration shipped = Calibration.shipped();
    for (double said = 0.01; said <= 1; said += 0.01) {
      assertThat(shipped.worth(said)).isGreaterThan(shipped.worth(said - 0.01));
      assertThat(shipped.worth(said)).isLessThanOrEqualTo(said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0", "0 0\n0.5 0.6\n1 0.5", "0 0\n0 0.1\n1 1", "0 0\n1 2", "0\n1"})
  void aTableThatFallsOrEndsEarlyIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Calibration.parse(text));
  }
}
