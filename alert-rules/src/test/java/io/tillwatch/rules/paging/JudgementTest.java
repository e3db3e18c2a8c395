package io.tillwatch.rules.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Candidate;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.rules.severity.Loss;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: people are woken when it is sure and worth it. Method: a table on either side of each. */
class JudgementTest {

  private static final RuleBook RULES = RuleBook.defaults();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auth    | success_rate    | 250  | 0.1   | 0       | 500 | 3   | SEV1 PAGE sure_and_worth_waking
          auth    | success_rate    | 20   | 0.3   | 0       | 500 | 3   | SEV1 PAGE sure_and_worth_waking
          auth    | success_rate    | 2    | 0.001 | 2000000 | 500 | 3   | SEV1 PAGE sure_and_worth_waking
          auth    | success_rate    | 5    | 0.001 | 0       | 500 | 3   | SEV2 PAGE sure_and_worth_waking
          auth    | success_rate    | 4.9  | 0.001 | 0       | 500 | 3   | SEV3 NOTIFY not_worth_waking
          auth    | success_rate    | 1    | 0.02  | 0       | 500 | 3   | SEV2 PAGE sure_and_worth_waking
          auth    | success_rate    | 0.9  | 0.5   | 0       | 500 | 3   | SEV3 NOTIFY not_worth_waking
          auth    | success_rate    | 0.4  | 0.001 | 0       | 500 | 3   | SEV4 WATCH not_worth_telling
          auth    | success_rate    | 20   | 0.3   | 0       | 11  | 3   | SEV1 WATCH too_little_evidence
          auth    | success_rate    | 20   | 0.3   | 0       | 12  | 0.9 | SEV1 WATCH not_sure_enough
          auth    | reason_mix      | 0    | 0     | 0       | 90  | 3   | SEV3 NOTIFY rule_never_pages
          auth    | latency         | 0    | 0     | 0       | 0   | 3   | SEV3 NOTIFY not_worth_waking
          capture | capture_success | 250  | 0.5   | 0       | 500 | 3   | SEV2 PAGE sure_and_worth_waking
          refund  | success_rate    | 250  | 0.5   | 0       | 500 | 3   | SEV3 NOTIFY not_worth_waking
          auth    | unknown         | 250  | 0.5   | 0       | 500 | 3   | SEV2 PAGE sure_and_worth_waking
          """)
  void judgedByImpactAndCertainty(
      String kind,
      String kpi,
      double perMinute,
      double share,
      long eurMinor,
      double failures,
      double evidence,
      String expected) {
    Impact impact =
        new Impact(
            "some-rule",
            Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
            Kpi.valueOf(kpi.toUpperCase(Locale.ROOT)),
            new Loss(perMinute, share, Map.of("EUR", eurMinor)),
            0.3,
            failures,
            evidence);

    Judgement judgement = RULES.judge(impact, classified(Cause.PSP_OUTAGE));

    assertThat(
            "%s %s %s"
                .formatted(
                    judgement.severity(), judgement.attention(), judgement.reason().label()))
        .isEqualTo(expected);
    assertThat(judgement.page()).isEqualTo(expected.contains("PAGE"));
  }

  @Test
  void aShiftOfTheMixNeverPages() {
    Impact impact =
        new Impact(
            "auth-success-rate",
            Kind.AUTH,
            Kpi.SUCCESS_RATE,
            new Loss(500, 0.5, Map.of()),
            0.9,
            5_000,
            10);

    assertThat(RULES.judge(impact, classified(Cause.MIX_SHIFT)).reason())
        .isEqualTo(JudgementReason.INFORMATIONAL_CLASS);
  }

  @Test
  void currenciesAreNeitherConvertedNorAddedUp() {
    Loss many =
        new Loss(0.1, 0, Map.of("EUR", 30_000L, "USD", 30_000L, "GBP", 30_000L, "JPY", 9_000_000L));

    assertThat(RULES.severity().levelOf(many)).hasToString("SEV3");
  }

  private static Classification classified(Cause cause) {
    return new Classification(
        List.of(new Candidate(RULES.playbooks().of(cause), List.of(), List.of(), 1, 0.5)));
  }
}
