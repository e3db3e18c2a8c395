package io.tillwatch.rules.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Observations.ReasonMove;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

/**
 * Goal: the shipped playbooks name what a payments engineer would name.
 *
 * <p>Method: a table of what is seen, the last column the class expected.
 */
class PlaybooksTest {

  private static final RuleBook RULES = RuleBook.defaults();

  @ParameterizedTest(name = "{0} => {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auth success_rate psp=a 0.02/0.86 tech=0.9 up=gateway_error healthy=psp:b           | psp_outage
          auth success_rate psp=a 0.02/0.86 tech=0.9 notice=critical related=webhook          | psp_outage
          auth volume psp=a 0/40 healthy=psp:b                                                | psp_outage
          auth success_rate psp=a region=eu 0.04/0.86 tech=0.9 up=timeout healthy=region:us   | psp_partial_outage
          auth success_rate psp=a region=eu 0.60/0.86 tech=0.3 up=gateway_error               | psp_partial_outage
          auth success_rate psp=a method=wallet 0.1/0.9 tech=0.8 up=gateway_error             | psp_partial_outage
          auth latency psp=a 2400/600 latency=600/2400                                        | psp_latency
          auth success_rate binRange=x 0.05/0.8 tech=0.02 up=issuer_unavailable healthy=binRange:y | issuer_outage
          auth success_rate issuerCountry=FR 0.2/0.8 tech=0.02 up=issuer_unavailable          | issuer_outage
          auth success_rate binRange=x 0.55/0.8 tech=0.02 up=do_not_honor healthy=binRange:y  | issuer_policy_change
          auth success_rate scheme=visa 0.1/0.85 tech=0.5 up=timeout healthy=scheme:mc        | network_or_3ds_outage
          auth success_rate threeDs=yes 0.3/0.8 tech=0.02 up=sca_failed healthy=threeDs:no    | network_or_3ds_outage
          auth success_rate region=eu 0.1/0.85 tech=0.8 up=timeout healthy=region:us          | regional_connectivity
          auth success_rate connectorVersion=2.14 0.4/0.85 tech=0.5 up=gateway_error healthy=connectorVersion:2.13 changed=deploy | deploy_regression
          auth success_rate psp=a connectorVersion=2.14 0.5/0.85 tech=0.4 healthy=connectorVersion:2.13 | deploy_regression
          auth success_rate psp=a merchantAccount=m 0.3/0.85 tech=0.02 up=configuration changed=routing_rule | configuration_or_routing
          auth success_rate psp=a merchantAccount=m 0.0/0.85 tech=0.02 up=configuration changed=certificate | credential_or_certificate_expiry
          auth success_rate psp=a 0.6/0.85 tech=0.02 up=rate_limited                          | rate_limited
          webhook webhook_failure region=eu 0.6/0.01 tech=0.6                                 | webhook_delivery_failure
          webhook volume psp=a 0/80 healthy=psp:b                                             | webhook_backlog
          webhook webhook_lag psp=a 900000/4000                                               | webhook_backlog
          capture capture_success psp=a 0.3/0.99 tech=0.6 healthy=psp:b                       | capture_failure
          settlement volume psp=a 0/1                                                         | settlement_gap
          refund refund_sla psp=a 0.7/0.98                                                    | reconciliation_gap
          auth success_rate psp=a binRange=x 0.2/0.85 tech=0.02 up=invalid_card               | card_testing_attack
          auth success_rate psp=a 0.78/0.86 tech=0.02 after=130                               | slow_drift
          auth volume 0/400                                                                   | telemetry_gap
          auth success_rate region=latam 0.7/0.86 tech=0.02 mix=-0.16 rate=0.0                | mix_shift
          dispute success_rate 0.3/0.5                                                        | unknown
          """)
  void whatIsSeenGetsItsName(String seen, String expected) {
    Classification classification = RULES.classify(observations(seen));

    assertThat(classification.cause().label())
        .as(() -> seen + " => " + explained(classification))
        .isEqualTo(expected);
    assertThat(classification.confidence()).isBetween(0.0, 0.95);
  }

  @Test
  void anAnswerNamesWhatSpeaksForItWhatAgainstAndTheNextBest() {
    Classification classification =
        RULES.classify(
            observations(
                "auth success_rate psp=a region=eu 0.04/0.86 tech=0.9 up=timeout changed=deploy"));

    assertThat(classification.cause()).isEqualTo(Cause.PSP_PARTIAL_OUTAGE);
    assertThat(classification.owner()).isEqualTo(Party.PSP);
    assertThat(classification.reasonsFor())
        .startsWith(
            "confined to one region or one method or one merchantAccount or one scheme",
            "errors and timeouts went up");
    assertThat(classification.reasonsAgainst())
        .containsExactly(
            "a change of ours (deploy, feature_flag, routing_rule, certificate, config) came"
                + " shortly before");
    assertThat(classification.strongestAlternative())
        .hasValueSatisfying(
            next -> assertThat(next.playbook().cause()).isEqualTo(Cause.DEPLOY_REGRESSION));
  }

  @Test
  void weakSignsNeverGiveStrongConfidence() {
    Classification classification = RULES.classify(observations("dispute success_rate 0.3/0.5"));

    assertThat(classification.confidence()).isZero();
  }

  @Test
  void aClassStandsUntilAnotherIsClearlyBetter() {
    Classification sure =
        RULES.classify(observations("auth success_rate psp=a region=eu 0.04/0.86 tech=0.9"));

    assertThat(sure.holdingOnTo(Cause.RATE_LIMITED).cause()).isEqualTo(Cause.PSP_PARTIAL_OUTAGE);
    assertThat(sure.holdingOnTo(Cause.WEBHOOK_BACKLOG)).isSameAs(sure);

    Candidate close = withConfidence(sure.ranked().get(1), sure.confidence() - 0.05);
    Classification near = new Classification(List.of(sure.ranked().getFirst(), close));
    assertThat(near.holdingOnTo(close.playbook().cause()).cause())
        .isEqualTo(close.playbook().cause());
  }

  private static Candidate withConfidence(Candidate candidate, double confidence) {
    return new Candidate(
        candidate.playbook(), candidate.held(), candidate.against(), candidate.score(), confidence);
  }

  private static String explained(Classification classification) {
    StringBuilder text = new StringBuilder();
    classification
        .ranked()
        .forEach(
            candidate ->
                text.append(
                    "%s %.2f (%.2f), "
                        .formatted(
                            candidate.playbook().cause(),
                            candidate.score(),
                            candidate.confidence())));
    return text.toString();
  }

  /** Reads the small language of the table. */
  private static Observations observations(String text) {
    String[] words = text.strip().split("\\s+");
    Map<String, String> cell = new HashMap<>();
    Map<String, String> other = new HashMap<>();
    double observed = 0;
    double expected = 0;
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        String key = word.substring(0, equals);
        (Vocabulary.DIMENSIONS.contains(key) ? cell : other).put(key, word.substring(equals + 1));
      } else if (word.contains("/")) {
        observed = Double.parseDouble(word.split("/")[0]);
        expected = Double.parseDouble(word.split("/")[1]);
      }
    }
    return observations(words, cell, other, observed, expected);
  }

  private static Observations observations(
      String[] words,
      Map<String, String> cell,
      Map<String, String> other,
      double observed,
      double expected) {
    List<Map<String, String>> siblings = new ArrayList<>();
    if (other.containsKey("healthy")) {
      Map<String, String> sibling = new HashMap<>(cell);
      sibling.put(other.get("healthy").split(":")[0], other.get("healthy").split(":")[1]);
      siblings.add(sibling);
    }
    Set<Kind> related = new HashSet<>();
    if (other.containsKey("related")) {
      related.add(Kind.valueOf(other.get("related").toUpperCase(Locale.ROOT)));
    }
    String[] latency = other.getOrDefault("latency", "0/0").split("/");
    return new Observations(
        Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
        Kpi.valueOf(words[1].toUpperCase(Locale.ROOT)),
        cell,
        observed,
        expected,
        0.02,
        Double.parseDouble(other.getOrDefault("tech", "0.02")),
        other.containsKey("up") ? List.of(new ReasonMove(other.get("up"), 0.02, 0.4)) : List.of(),
        Double.parseDouble(latency[0]),
        Double.parseDouble(latency[1]),
        Double.parseDouble(other.getOrDefault("rate", "-0.3")),
        Double.parseDouble(other.getOrDefault("mix", "0")),
        Duration.ofMinutes(Long.parseLong(other.getOrDefault("after", "2"))),
        siblings,
        related,
        other.containsKey("changed") ? List.of(other.get("changed")) : List.of(),
        other.containsKey("notice") ? List.of(other.get("notice")) : List.of());
  }
}
