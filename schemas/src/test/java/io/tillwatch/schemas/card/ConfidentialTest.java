package io.tillwatch.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidentialTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "5555 5555 5555 4444",
        "ada@example.com",
        "acme-ada.l@mail.example.com-eu",
        "ada%40example.com",
        "cvv%3A%20123",
        "cvv: 123",
        "CVC2=1234",
        "Bearer 5tN8bWq2Zx7Kd",
        "sk_live_5tN8bWq2Zx7Kd",
      })
  void whatIsNeitherKeptNorShownIsTold(String text) {
    assertThat(Confidential.isIn(text)).isTrue();
    assertThat(Confidential.hiddenIn("found '" + text + "'")).doesNotContain(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme-de",
        "2.14.0",
        "a@b",
        "@acme/connector",
        "cvv_result",
        "cvc-12345",
        "Invalid CVC",
        "INC-3F9A12C4D07E",
        "bearer of bad news",
        "task_live_now",
        "1796000000123",
        "käuflich@"
      })
  void namesStayNames(String text) {
    assertThat(Confidential.isIn(text)).isFalse();
    assertThat(Confidential.hiddenIn(text)).isEqualTo(text);
  }

  @Test
  void aMessageLosesAnAddressAndNothingElse() {
    assertThat(Confidential.hiddenIn("a.yaml:3:5: found 'ada@example.com', expected a mapping"))
        .isEqualTo("a.yaml:3:5: found '…', expected a mapping");
  }

  @Test
  void peopleSignWithTheirAddressInConfiguration() {
    assertThat(Confidential.isInCode("author: ada@example.com")).isFalse();
    assertThat(Confidential.isInCode("reason: 4111111111111111")).isTrue();
  }
}
