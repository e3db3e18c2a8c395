package io.tillwatch.rules.route;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: an incident is told where the first route that matches says, else at the default. */
class RoutingTest {

  private static final String RULES =
      """
      routing:
        default: {pager: payments, chat: payments}
        routes:
          - {name: fraud, match: {class: card_testing_attack}, to: {pager: fraud, chat: fraud}}
          - {name: worst, match: {severity: [sev1], kind: auth}, to: {chat: bridge}}
          - {name: north, match: {psp: [northpay, nordpay], region: eu-west}, to: {ticket: NORTH}}
          - {name: banks, match: {owner: issuer, rule: auth-success-rate}, to: {chat: banks}}
      """;

  @TempDir private Path folder;

  @Test
  void theFirstRouteThatMatchesDecides() {
    Routing routing = read(RULES).routing();

    assertThat(routing.destinations(traits(Cause.CARD_TESTING_ATTACK, Party.FRAUD, Level.SEV1)))
        .isEqualTo(Map.of(Target.PAGER, "fraud", Target.CHAT, "fraud"));
    assertThat(routing.destinations(traits(Cause.PSP_OUTAGE, Party.PSP, Level.SEV1)))
        .isEqualTo(Map.of(Target.PAGER, "payments", Target.CHAT, "bridge"));
    assertThat(routing.destinations(traits(Cause.ISSUER_OUTAGE, Party.ISSUER, Level.SEV2)))
        .isEqualTo(Map.of(Target.PAGER, "payments", Target.CHAT, "banks"));
  }

  @Test
  void anyOfItsRootCellsIsEnough() {
    Routing routing = read(RULES).routing();

    assertThat(
            routing.destinations(
                traits(
                    Cause.PSP_OUTAGE,
                    Party.PSP,
                    Level.SEV2,
                    Map.of("psp", "southpay"),
                    Map.of("psp", "nordpay", "region", "eu-west", "method", "card"))))
        .containsEntry(Target.TICKET, "NORTH");
    assertThat(
            routing.destinations(
                traits(Cause.PSP_OUTAGE, Party.PSP, Level.SEV2, Map.of("psp", "nordpay"))))
        .doesNotContainKey(Target.TICKET);
  }

  @Test
  void withoutRulesEverythingGoesToTheDefaultsOfTheTargets() {
    assertThat(
            RuleBook.defaults()
                .routing()
                .destinations(traits(Cause.UNKNOWN, Party.UNKNOWN, Level.SEV1)))
        .isEmpty();
  }

  @Test
  void mistakesAreToldWithTheirPlaces() {
    assertThatThrownBy(() ->
            read(
                """
                routing:
                  default: {pager: https://events.pagerduty.com/v2/enqueue}
                  routes:
                    - {name: a, match: {}, to: {chat: x}}
                    - {name: a, match: {psp: x, colour: red}, to: {}}
                    - {name: b, match: {rule: auth-sucess-rate, severity: high}, to: {sms: x}}
                    - {name: c, to: {pager: 0123456789abcdef0123456789abcdef}}
                """))
        .isInstanceOf(InvalidRules.class)
        .satisfies(wrong ->
            assertThat(wrong.getMessage().replace(folder + "/", "").lines())
                .containsExactly(
                    "site.yaml:2:20: found 39 characters that are no name, expected the name of a"
                        + " destination: letters, digits, '.', '_' and '-', 30 at most; keys and"
                        + " addresses belong into the settings",
                    "site.yaml:5:14: found 'a' again, expected one; it is at site.yaml:4:7",
                    "site.yaml:5:14: found 'a' after 'a', which takes everything, expected it"
                        + " before that: the first route that matches is the one",
                    "site.yaml:5:33: found 'colour', expected one of binRange, class,"
                        + " connectorVersion, issuerCountry, kind, kpi, merchantAccount, method,"
                        + " owner, psp, region, rule, scheme, severity, threeDs",
                    "site.yaml:5:51: found no destination, expected one of pager, ticket, chat",
                    "site.yaml:6:14: found 'b' after 'a', which takes everything, expected it"
                        + " before that: the first route that matches is the one",
                    "site.yaml:6:31: found 'auth-sucess-rate', expected the name of a watch;"
                        + " 'tillwatch rules explain' lists them",
                    "site.yaml:6:59: found 'high', expected one of sev1, sev2, sev3, sev4",
                    "site.yaml:6:70: found no destination, expected one of pager, ticket, chat",
                    "site.yaml:6:71: found 'sms', expected one of chat, pager, ticket",
                    "site.yaml:7:7: found no match, expected one, or {} for every incident",
                    "site.yaml:7:14: found 'c' after 'a', which takes everything, expected it"
                        + " before that: the first route that matches is the one",
                    "site.yaml:7:29: found 32 characters that are no name, expected the name of a"
                        + " destination: letters, digits, '.', '_' and '-', 30 at most; keys and"
                        + " addresses belong into the settings")
                .noneMatch(line -> line.contains("0123456789")));
  }

  @SafeVarargs
  private static Traits traits(
      Cause cause, Party owner, Level severity, Map<String, String>... slices) {
    return new Traits(
        "auth-success-rate",
        Kind.AUTH,
        Kpi.SUCCESS_RATE,
        cause,
        owner,
        severity,
        Arrays.asList(slices));
  }

  private RuleBook read(String rules) {
    try {
      return RuleBook.load(List.of(Files.writeString(folder.resolve("site.yaml"), rules)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
