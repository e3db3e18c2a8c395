package io.tillwatch.rules.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

  private static final Place PLACE = new Place("payments.yaml", 3, 5);

  @ParameterizedTest
  @ValueSource(strings = {"'4111111111111111'", "'4111 1111-1111.1111'", "'ada@example.com'"})
  void whatMayBeACardNumberOrAnAddressIsNotTold(String found) {
    assertThat(new Problem(PLACE, found, "a mapping"))
        .hasToString("payments.yaml:3:5: found what is not shown here, expected a mapping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'2026-12-07T04:30:00'", "'90 minutes'", "a list"})
  void anythingElseIs(String found) {
    assertThat(new Problem(PLACE, found, "a mapping").found()).isEqualTo(found);
  }
}
