package io.tillwatch.triage.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.triage.hook.Where.ScopeRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhereTest {

  private static final Where WHERE =
      new Where(
          Where.PRODUCTION,
          List.of(
              new ScopeRule("acme/northpay-*", "*", Map.of("psp", "northpay")),
              new ScopeRule("acme/router", "prod-eu", Map.of("region", "eu-west"))));

  @Test
  void theFirstRuleThatFitsSaysWhatIsTouched() {
    assertThat(WHERE.deployed("acme/northpay-connector", "Production"))
        .contains(Map.of("psp", "northpay"));
    assertThat(WHERE.deployed("acme/router", "prod-eu")).contains(Map.of("region", "eu-west"));
  }

  @Test
  void whatNoRuleSpeaksOfMayTouchEverything() {
    assertThat(WHERE.deployed("acme/checkout", "production")).contains(Map.of());
    assertThat(WHERE.deployed("acme/router", "prod-us")).contains(Map.of());
  }

  @Test
  void environmentsOfTestsTouchNoPayment() {
    assertThat(WHERE.deployed("acme/northpay-connector", "staging")).isEmpty();
    assertThat(WHERE.deployed("acme/northpay-connector", "")).isEmpty();
  }

  @Test
  void aReleaseCountsWhereARuleSpeaksOfItsRepository() {
    assertThat(WHERE.released("acme/northpay-connector")).contains(Map.of("psp", "northpay"));
    assertThat(WHERE.released("acme/website")).isEmpty();
    assertThat(
            new Where(Where.PRODUCTION, List.of(new ScopeRule("*", "*", Map.of())))
                .released("acme/website"))
        .isEmpty();
  }

  @Test
  void starsStandForAnything() {
    assertThat(Where.matches("*", "")).isTrue();
    assertThat(Where.matches("a*b*c", "a-b-b-c")).isTrue();
    assertThat(Where.matches("a*a", "a")).isFalse();
    assertThat(Where.matches("prod*", "nonprod")).isFalse();
    assertThat(Where.matches("acme/x", "acme/xy")).isFalse();
    assertThat(Where.matches("*x*y", "xy")).isTrue();
    assertThat(Where.matches("*x*xy", "xy")).isFalse();
  }
}
