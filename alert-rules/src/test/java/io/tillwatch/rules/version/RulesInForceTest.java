package io.tillwatch.rules.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.source.InvalidRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesInForceTest {

  private static final Instant START = Instant.parse("2026-12-01T02:00:00Z");
  private static final Instant LATER = START.plusSeconds(60);
  private static final List<RuleFile> GOOD = quietFor("10m");
  private static final List<RuleFile> BAD = quietFor("soon");

  private final RulesInForce rules = RulesInForce.of(GOOD, START);

  static List<RuleFile> quietFor(String length) {
    return List.of(
        new RuleFile(
            "site.yaml",
            "recovery: {quiet-for: %s, reopen-within: 2h, forget-after: 1d}".formatted(length)));
  }

  @Test
  void whatIsBetterTakesItsPlace() {
    String before = rules.version().hash();

    assertThat(rules.offer(quietFor("20m"), LATER)).isEqualTo(RulesInForce.Verdict.TAKEN);
    assertThat(rules.book().recovery().quietFor()).isEqualTo(Duration.ofMinutes(20));
    assertThat(rules.version().since()).isEqualTo(LATER);
    assertThat(rules.version().hash()).isNotEqualTo(before);
  }

  @Test
  void whatCannotBeUsedIsRefusedOnceAndTheOldOneStays() {
    List<String> followed = new ArrayList<>();
    rules.follow(version -> followed.add(version.hash()));

    assertThat(rules.offer(BAD, LATER)).isEqualTo(RulesInForce.Verdict.REFUSED);
    assertThat(rules.offer(BAD, LATER.plusSeconds(2))).isEqualTo(RulesInForce.Verdict.UNCHANGED);

    assertThat(rules.book().recovery().quietFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(rules.version().since()).isEqualTo(START);
    assertThat(rules.refusal()).isNotNull();
    assertThat(rules.refusal().at()).isEqualTo(LATER);
    assertThat(rules.refusal().problems())
        .singleElement()
        .asString()
        .startsWith("site.yaml:1:23: found 'soon', expected a duration");
    assertThat(rules.refused()).isEqualTo(1);
    assertThat(rules.taken()).isZero();
    assertThat(followed).containsExactly(rules.version().hash());
  }

  @Test
  void whoTakesBackWhatWasWrongHasNothingRefused() {
    rules.offer(BAD, LATER);
    rules.offer(GOOD, LATER);

    assertThat(rules.refusal()).isNull();
    assertThat(rules.version().since()).isEqualTo(START);
  }

  @Test
  void halfOfAChangeIsNotTaken() {
    Looks looks = new Looks();

    assertThat(looks.settled(GOOD)).isTrue();
    assertThat(looks.settled(BAD)).isFalse();
    assertThat(looks.settled(quietFor("20m"))).isFalse();
    assertThat(looks.settled(quietFor("20m"))).isTrue();
  }

  @Test
  void theFirstVersionHasToBeRight() {
    assertThatThrownBy(() -> RulesInForce.of(BAD, START)).isInstanceOf(InvalidRules.class);
  }
}
