package io.tillwatch.standalone.rulecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | [7]",
        "900x3 700x2 | [900, 900, 900, 700, 700]",
        "900-10x3 | [900, 890, 880]",
        "5+5x3 _x2 1 | [5, 10, 15, 0, 0, 1]",
      })
  void partsAreNumbersByMinute(String text, String expected) {
    assertThat(SeriesText.read(text).map(Arrays::toString)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "9x", "-1x5", "10-5x4", "1.5", "900 x30", "1x99999", "99999999"})
  void whatIsNoneIsRefused(String text) {
    assertThat(SeriesText.read(text)).isEmpty();
  }

  @Test
  void twoWeeksAreTheMost() {
    assertThat(SeriesText.read("1x" + SeriesText.MINUTES_MAX)).isPresent();
    assertThat(SeriesText.read("1x" + SeriesText.MINUTES_MAX + " 1")).isEmpty();
  }
}
