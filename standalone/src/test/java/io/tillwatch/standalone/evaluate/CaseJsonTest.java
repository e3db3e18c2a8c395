package io.tillwatch.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: a case that was kept is heard as it was. */
class CaseJsonTest {

  @Test
  void whatWasWrittenIsReadAsItWas() {
    for (GoldenCase golden : CaseFiles.golden().subList(0, 22)) {
      assertThat(CaseJson.read(CaseJson.write(golden))).isEqualTo(golden);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {                                                    | no JSON
          {}                                                   | no 'heard'
          {"heard": [{"at": "2026-03-10T14:00:00Z"}]}          | without burst, change, notice
          {"heard": [{"at": "2026-03-10T14:00:00Z", "burst": {}}]} | no Burst
          {"heard": []}                                        | no 'id'
          {"heard": [], "id": "1"}                             | no 'label'
          """)
  void whatIsNoCaseIsRefusedWithAReason(String text, String reason) {
    assertThatThrownBy(() -> CaseJson.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
