package io.tillwatch.rules.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.match.Traits;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Party;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: what is held back is what somebody asked for, and no more. Method: tables of both sides.
 */
class SuppressionRulesTest {

  private static final String SILENCE =
      """
      silences:
        - name: quiet
          match: {psp: northpay, kind: webhook}
          author: ada
          reason: moves
          from: 2026-12-01T02:00:00Z
          until: 2026-12-01T04:00:00Z
          up-to: sev2
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "WEBHOOK, SEV2, 2026-12-01T02:00:00Z, true",
    "WEBHOOK, SEV3, 2026-12-01T03:59:59Z, true",
    "WEBHOOK, SEV2, 2026-12-01T01:59:59Z, false",
    "WEBHOOK, SEV2, 2026-12-01T04:00:00Z, false",
    "WEBHOOK, SEV1, 2026-12-01T03:00:00Z, false",
    "AUTH, SEV2, 2026-12-01T03:00:00Z, false",
  })
  void aSilenceHoldsBackWhatItNamesForItsTime(
      Kind kind, Level severity, Instant at, boolean holds) {
    SuppressionRules rules = read(SILENCE).suppression();
    Traits traits = traits(kind, Cause.UNKNOWN, severity, Map.of("psp", "northpay"));

    assertThat(rules.silence(traits, at).isPresent()).isEqualTo(holds);
  }

  @Test
  void aSilenceOfOnePlaceLeavesWhatAlsoLiesElsewhere() {
    SuppressionRules rules = read(SILENCE).suppression();
    Instant at = Instant.parse("2026-12-01T03:00:00Z");

    assertThat(
            rules.silence(
                traits(
                    Kind.WEBHOOK,
                    Cause.UNKNOWN,
                    Level.SEV2,
                    Map.of("psp", "northpay"),
                    Map.of("psp", "southpay")),
                at))
        .isEmpty();
    assertThat(rules.silence(traits(Kind.WEBHOOK, Cause.UNKNOWN, Level.SEV2, Map.of()), at))
        .isEmpty();
  }

  @Test
  void aParentExplainsItsChildOfTheSameKindThatHurtsNoMore() {
    Traits parent = traits(Kind.AUTH, Cause.UNKNOWN, Level.SEV2, Map.of("psp", "a"));
    Inhibition rule = shipped("parent-explains-child");

    assertThat(rule.explains(parent, child(Kind.AUTH, Level.SEV2, "a"))).isTrue();
    assertThat(rule.explains(parent, child(Kind.AUTH, Level.SEV1, "a"))).isFalse();
    assertThat(rule.explains(parent, child(Kind.AUTH, Level.SEV2, "b"))).isFalse();
    assertThat(rule.explains(parent, child(Kind.CAPTURE, Level.SEV2, "a"))).isFalse();
    assertThat(rule.explains(parent, parent)).isFalse();
  }

  @Test
  void anOutageOfAPspExplainsItsWebhooksAndCapturesAlone() {
    Traits outage = traits(Kind.AUTH, Cause.PSP_OUTAGE, Level.SEV1, Map.of("psp", "a"));
    Traits partial = traits(Kind.AUTH, Cause.PSP_PARTIAL_OUTAGE, Level.SEV1, Map.of("psp", "a"));
    Inhibition rule = shipped("psp-outage-explains-what-follows");

    assertThat(rule.explains(outage, child(Kind.WEBHOOK, Level.SEV2, "a"))).isTrue();
    assertThat(rule.explains(outage, child(Kind.CAPTURE, Level.SEV1, "a"))).isTrue();
    assertThat(rule.explains(outage, child(Kind.WEBHOOK, Level.SEV2, "b"))).isFalse();
    assertThat(rule.explains(outage, child(Kind.AUTH, Level.SEV2, "a"))).isFalse();
    assertThat(rule.explains(partial, child(Kind.WEBHOOK, Level.SEV2, "a"))).isFalse();
  }

  @Test
  void aSiteSwitchesOffWhatIsShipped() {
    assertThat(
            read("inhibitions: [{name: parent-explains-child, off: true}]")
                .suppression()
                .inhibition("parent-explains-child"))
        .isEmpty();
  }

  @Test
  void mistakesAreToldWithTheirPlaces() {
    assertThatThrownBy(() ->
            read(
                """
                silences:
                  - name: long
                    match: {psp: x}
                    author: ada
                    from: 2026-12-01T02:00:00Z
                    until: 2027-02-01T02:00:00Z
                  - {name: long, author: ada, reason: x, from: soon, until: 2027-02-01T02:00:00Z}
                inhibitions:
                  - {name: all, reason: x, source: {}, target: {}, equal: [kind, country]}
                """))
        .isInstanceOf(InvalidRules.class)
        .satisfies(wrong ->
            assertThat(wrong.getMessage().replace(folder + "/", "").lines())
                .containsExactly(
                    "site.yaml:2:5: found no 'reason', expected text",
                    "site.yaml:6:12: found 2027-02-01T02:00:00Z, expected a time after from, by"
                        + " 31 days at most",
                    "site.yaml:7:5: found no match, expected one, or {} for every incident",
                    "site.yaml:7:5: found silence long again, expected one; it is at"
                        + " site.yaml:2:5",
                    "site.yaml:7:48: found 'soon', expected a time such as 2026-12-01T02:00:00Z",
                    "site.yaml:9:66: found 'country', expected one of binRange, connectorVersion,"
                        + " issuerCountry, kind, merchantAccount, method, psp, region, scheme,"
                        + " threeDs"));
  }

  private static Inhibition shipped(String name) {
    return RuleBook.defaults().suppression().inhibition(name).orElseThrow();
  }

  private static Traits child(Kind kind, Level severity, String psp) {
    return traits(kind, Cause.UNKNOWN, severity, Map.of("psp", psp, "region", "eu-west"));
  }

  @SafeVarargs
  private static Traits traits(
      Kind kind, Cause cause, Level severity, Map<String, String>... slices) {
    return new Traits(
        "any", kind, Kpi.SUCCESS_RATE, cause, Party.PSP, severity, Arrays.asList(slices));
  }

  private RuleBook read(String rules) {
    try {
      return RuleBook.load(List.of(Files.writeString(folder.resolve("site.yaml"), rules)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
