package io.tillwatch.triage.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Incident;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: a number that no cited evidence has is seen. Method: sentences that pass or do not. */
class FiguresTest {

  private final Incident incident = Outage.incident().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "northpay fails",
        "200 of 800 succeeded where 740 were expected",
        "gateway_error rose from 1 % to 72 %",
        "gateway_error rose from 1.2 % to 71.8 %",
        "72 percent are gateway_error",
        "a share of 0.72, or 0.7184",
        "p95 rose from 420 ms to 5283 ms",
        "p95 rose to 5.3 s, that is 5,283 ms or about 5300 ms",
        "E2 and E3 agree; E4 does not",
        "BIN 476173 at northpay fails",
        "since 03:02 UTC, after the deploy at 02:58",
        "connector-2.14.0 came first",
        "3DS and 3-D Secure are not concerned",
        "one or two regions",
      })
  void numbersOfTheEvidencePass(String text) {
    assertThat(figures().account(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "900 of 800 succeeded",
        "gateway_error rose to 73 %",
        "gateway_error rose to 71.9 %",
        "200 % more",
        "down for 200 minutes",
        "p95 rose to 5.4 s",
        "5400 ms",
        "since 04:17",
        "on 2026-12-24",
        "BIN 476174 fails",
        "E9 agrees",
        "connector-2.15.0 came first",
        "DEVCANARY0001",
        "x200y",
        "ninety percent fail",
        "half of them fail",
        "thousands are lost",
        "٧٢ are lost",
        "HTTP 503",
        "0 succeeded",
        "1 succeeded",
        "call 0800 200",
      })
  void otherNumbersDoNot(String text) {
    assertThat(figures().account(text)).isFalse();
  }

  private Figures figures() {
    List<Evidence> cited = incident.getEvidence();
    return Figures.of(cited, Set.of("E1", "E2", "E3", "E4", "E5", "03:02", "2026-11-18"));
  }
}
