package io.tillwatch.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "card 4111 1111 1111 1111 ok",
        "4111-1111-1111-1111",
        "378282246310005",
        "3782 822463 10005",
        "5555555555554444",
        "2223003122003222",
        "6011111111111117",
        "30569309025904",
        "x4111111111111111x",
        "12 4111111111111111"
      })
  void cardNumberIsFound(String text) {
    assertThat(CardNumbers.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4111111111111112",
        "411111",
        "1772445600000",
        "550e8400-e29b-41d4-a716-446655440000",
        "order 9999999999999999",
        "41111111111111111111111",
        "+49 30 1234567"
      })
  void otherNumbersStay(String text) {
    assertThat(CardNumbers.isIn(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evt-00000011-12",
        "6f1c9f4e-0c1d-4a55-9b1e-501234567890",
        "p-5000000-12345",
        "evt_6f1c9f4e0c1d4a559b1e501234567890"
      })
  void idsThatAreNoCardsStay(String id) {
    assertThat(CardNumbers.isInName(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ref4111111111111111", "p-4111-1111-1111-1111", "3782 822463 10005"})
  void cardNumberInAnIdIsFound(String id) {
    assertThat(CardNumbers.isInName(id)).isTrue();
  }
}
