package io.tillwatch.rules.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.RuleFile;
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
import org.junit.jupiter.params.provider.CsvFileSource;

/** Goal: people are woken when it is sure and worth it. Method: a table on either side of each. */
class JudgementTest {

  private static final RuleBook RULES = RuleBook.defaults();

  @ParameterizedTest
  @CsvFileSource(resources = "judgements.txt", delimiterString = " => ")
  void judgedByImpactAndCertainty(String seen, String expected) {
    String[] columns = seen.split("\\s*\\|\\s*");
    Impact impact =
        new Impact(
            "some-rule",
            Kind.valueOf(columns[0].toUpperCase(Locale.ROOT)),
            Kpi.valueOf(columns[1].toUpperCase(Locale.ROOT)),
            List.of(Map.of("psp", "northpay", "region", "eu-west")),
            new Loss(
                Double.parseDouble(columns[2]),
                Double.parseDouble(columns[3]),
                Map.of("EUR", Long.parseLong(columns[4]))),
            0.3,
            Double.parseDouble(columns[5]),
            Double.parseDouble(columns[6]));

    Judgement judgement = RULES.judge(impact, classified(Cause.PSP_OUTAGE));

    assertThat(
            "%s %s %s"
                .formatted(judgement.severity(), judgement.attention(), judgement.reason().label()))
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
            List.of(),
            new Loss(500, 0.5, Map.of()),
            0.9,
            5_000,
            10);

    assertThat(RULES.judge(impact, classified(Cause.MIX_SHIFT)).reason())
        .isEqualTo(JudgementReason.INFORMATIONAL_CLASS);
  }

  @Test
  void theWatchThatSaysMostOfWhereJudges() {
    RuleBook rules =
        RuleBook.of(
            List.of(
                new RuleFile(
                    "site.yaml",
                    """
                    watches:
                      - name: northpay
                        kind: auth
                        kpi: success_rate
                        where: {psp: northpay}
                        failures-min: 12
                        pages: false
                      - name: northpay-west
                        kind: auth
                        kpi: success_rate
                        where: {psp: [northpay, nordpay], region: eu-west}
                        failures-min: 12
                        worst: sev3
                      - name: northpay-sure
                        kind: auth
                        kpi: success_rate
                        where: {psp: northpay, region: us-east}
                        failures-min: 12
                        page-evidence: 3
                    """)));

    assertThat(judged(rules, Map.of("psp", "southpay")))
        .isEqualTo("auth-success-rate SEV1 SURE_AND_WORTH_WAKING");
    assertThat(judged(rules, Map.of())).isEqualTo("auth-success-rate SEV1 SURE_AND_WORTH_WAKING");
    assertThat(judged(rules, Map.of("psp", "northpay")))
        .isEqualTo("northpay SEV1 RULE_NEVER_PAGES");
    assertThat(judged(rules, Map.of("psp", "northpay", "region", "eu-west")))
        .isEqualTo("northpay-west SEV3 NOT_WORTH_WAKING");
    assertThat(judged(rules, Map.of("psp", "northpay", "region", "us-east")))
        .isEqualTo("northpay-sure SEV1 NOT_SURE_ENOUGH");
  }

  @Test
  void aBrokenObjectiveIsJudgedByItsOwnWatch() {
    RuleBook rules =
        RuleBook.of(
            List.of(
                new RuleFile(
                    "site.yaml",
                    """
                    watches:
                      - name: northpay
                        kind: auth
                        kpi: success_rate
                        where: {psp: northpay}
                        failures-min: 12
                        pages: false
                      - name: floor
                        kind: auth
                        kpi: success_rate
                        each: [psp]
                        failures-min: 12
                        worst: sev2
                        objective: {at-least: 0.8, over: 15m, events-min: 100}
                      - name: northpay-floor
                        kind: auth
                        kpi: success_rate
                        where: {psp: northpay, region: eu-west}
                        failures-min: 12
                        worst: sev4
                        objective: {at-least: 0.7, over: 15m, events-min: 100}
                    """)));
    Map<String, String> west = Map.of("psp", "northpay", "region", "eu-west");

    assertThat(judged(rules, "floor", Map.of("psp", "northpay")))
        .isEqualTo("floor SEV2 SURE_AND_WORTH_WAKING");
    assertThat(judged(rules, "northpay-floor", west))
        .isEqualTo("northpay-floor SEV4 NOT_WORTH_TELLING");
    assertThat(judged(rules, west)).isEqualTo("northpay SEV1 RULE_NEVER_PAGES");
    assertThat(judged(rules, Map.of("psp", "southpay")))
        .isEqualTo("auth-success-rate SEV1 SURE_AND_WORTH_WAKING");
  }

  private static String judged(RuleBook rules, Map<String, String> slice) {
    return judged(rules, "auth-success-rate", slice);
  }

  private static String judged(RuleBook rules, String rule, Map<String, String> slice) {
    Impact impact =
        new Impact(
            rule,
            Kind.AUTH,
            Kpi.SUCCESS_RATE,
            List.of(slice),
            new Loss(500, 0.5, Map.of()),
            0.9,
            5_000,
            2);
    Judgement judgement = rules.judge(impact, classified(Cause.PSP_OUTAGE));
    return "%s %s %s".formatted(rules.ruleName(impact), judgement.severity(), judgement.reason());
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
