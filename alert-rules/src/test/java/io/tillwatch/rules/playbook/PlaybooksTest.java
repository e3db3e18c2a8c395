package io.tillwatch.rules.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Observations.Move;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Goal: the shipped playbooks name what a payments engineer would name.
 *
 * <p>Method: a table of what is seen, the last column the class expected.
 */
class PlaybooksTest {

  private static final RuleBook RULES = RuleBook.defaults();

  @ParameterizedTest(name = "{0} => {1}")
  @CsvFileSource(resources = "seen.txt", delimiter = '|')
  void whatIsSeenGetsItsName(String seen, String expected) {
    Classification classification = RULES.classify(observations(seen));

    assertThat(classification.cause().label())
        .as(() -> seen + " => " + explained(classification))
        .isEqualTo(expected);
    assertThat(classification.confidence()).isBetween(0.0, 0.95);
  }

  @Test
  void eachClassHasWhatSpeaksForItAndWhatAgainst() {
    for (Cause cause : Cause.values()) {
      Playbook playbook = RULES.playbooks().of(cause);
      if (cause != Cause.UNKNOWN) {
        assertThat(playbook.signs()).as(cause.label()).anyMatch(sign -> sign.weight() > 0);
        assertThat(playbook.signs()).as(cause.label()).anyMatch(sign -> sign.weight() < 0);
      }
      assertThat(RULES.runbook(cause, "").cause()).isEqualTo(cause);
    }
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

  /** A wrong class wakes the wrong people; what was weighed is still shown behind. */
  @Test
  void whatIsNotWorthSayingIsUnknownAndFollowsIt() {
    Classification weak =
        RULES.classify(observations("auth success_rate psp=a 0.55/0.86 tech=0.02 up=unknown"));

    assertThat(weak.cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(weak.ranked())
        .hasSizeGreaterThan(1)
        .allMatch(candidate -> candidate.confidence() < Playbooks.WORTH_SAYING);
  }

  /** Told at the first minute, and a minute later there is hardly anything to it. */
  @Test
  void aClassThatIsNotWorthSayingAnyMoreDoesNotStand() {
    Classification weak =
        RULES.classify(observations("auth success_rate psp=a 0.55/0.86 tech=0.02 up=unknown"));

    assertThat(weak.holdingOnTo(weak.ranked().get(1).playbook().cause()).cause())
        .isEqualTo(Cause.UNKNOWN);
  }

  private static Candidate withConfidence(Candidate candidate, double confidence) {
    return new Candidate(
        candidate.playbook(), candidate.held(), candidate.against(), candidate.score(), confidence);
  }

  private static String explained(Classification classification) {
    StringBuilder text = new StringBuilder();
    classification
        .ranked()
        .forEach(candidate ->
            text.append(
                "%s %.2f (%.2f), "
                    .formatted(
                        candidate.playbook().cause(), candidate.score(), candidate.confidence())));
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
        Double.parseDouble(other.getOrDefault("traffic", "1")),
        Double.parseDouble(other.getOrDefault("ticket", "1")),
        retries(other.get("retries")),
        Double.parseDouble(other.getOrDefault("rate", "-0.3")),
        Double.parseDouble(other.getOrDefault("mix", "0")),
        Duration.ofMinutes(Long.parseLong(other.getOrDefault("after", "2"))),
        siblings,
        related,
        other.containsKey("changed") ? List.of(other.get("changed")) : List.of(),
        other.containsKey("notice") ? List.of(other.get("notice")) : List.of());
  }

  private static @Nullable Move retries(@Nullable String beforeAndSince) {
    if (beforeAndSince == null) {
      return null;
    }
    String[] shares = beforeAndSince.split("/");
    return new Move(Double.parseDouble(shares[0]), Double.parseDouble(shares[1]));
  }
}
