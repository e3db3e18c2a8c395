package io.tillwatch.triage.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {

  @Test
  void placesReadFromTheFirstClassDimensionsOn() {
    assertThat(Phrases.place(Map.of())).isEqualTo("all traffic");
    assertThat(
            Phrases.place(
                Map.of("scheme", "visa", "region", "eu-west", "psp", "northpay", "threeDs", "no")))
        .isEqualTo("northpay · eu-west · visa · 3DS no");
    assertThat(Phrases.place(Map.of("binRange", "visa-411111", "issuerCountry", "FR")))
        .isEqualTo("BIN visa-411111 · issuers in FR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AUTH    | SUCCESS_RATE    | 0.86  | 0.04   | approvals 86 % → 4 %
          AUTH    | VOLUME          | 250   | 0      | authorisations 250/min → 0/min
          AUTH    | LATENCY         | 412.4 | 2100.9 | latency of authorisations 412 ms → 2101 ms
          CAPTURE | CAPTURE_SUCCESS | 0.997 | 0.5    | captures succeeded 99.7 % → 50 %
          WEBHOOK | WEBHOOK_FAILURE | 0.004 | 0.9    | webhook failures 0.4 % → 90 %
          WEBHOOK | VOLUME          | 8.24  | 0      | webhooks 8.2/min → 0/min
          """)
  void changesCarryTheirUnit(
      EventKind kind, Kpi kpi, double expected, double observed, String words) {
    assertThat(Phrases.change(kind, kpi, expected, observed)).isEqualTo(words);
  }

  @Test
  void amountsKeepTheirCurrencyAndItsDigits() {
    assertThat(
            Phrases.amounts(
                List.of(
                    new Money("EUR", 123_450L), new Money("JPY", 900L), new Money("KWD", 1_500L))))
        .isEqualTo("1234.50 EUR, 900 JPY, 1.500 KWD");
  }
}
