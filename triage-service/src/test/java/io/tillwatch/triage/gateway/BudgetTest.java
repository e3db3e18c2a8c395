package io.tillwatch.triage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.triage.gateway.Budget.Share;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final Instant NOW = Instant.parse("2026-11-18T03:02:00Z");

  private final Budget budget = new Budget(new SpendingLimits(2, 5, 1_000, 500));

  @Test
  void aRevisionHasTwoCalls() {
    assertThat(budget.take("INC-A/1/7", 10, 1, NOW)).isPresent();
    assertThat(budget.take("INC-A/1/7", 10, 1, NOW)).isPresent();
    assertThat(budget.take("INC-A/1/7", 10, 1, NOW)).isEmpty();
    assertThat(budget.take("INC-A/1/8", 10, 1, NOW)).isPresent();
  }

  @Test
  void anHourHasSoManyCalls() {
    for (int i = 0; i < 5; i++) {
      assertThat(budget.take("", 10, 1, NOW.plusSeconds(i))).isPresent();
    }
    assertThat(budget.take("", 10, 1, NOW.plusSeconds(9))).isEmpty();
    assertThat(budget.take("", 10, 1, NOW.plus(Duration.ofHours(1)))).isPresent();
  }

  @Test
  void whatIsSetAsideCannotBeSpentTwice() {
    Share first = budget.take("", 900, 1, NOW).orElseThrow();
    assertThat(budget.take("", 200, 1, NOW)).isEmpty();
    budget.settle(first, 100, 1);
    assertThat(budget.take("", 200, 1, NOW)).isPresent();
  }

  @Test
  void moneyEndsBeforeTokensDo() {
    assertThat(budget.take("", 1, 400, NOW)).isPresent();
    assertThat(budget.take("", 1, 101, NOW)).isEmpty();
    assertThat(budget.take("", 1, 100, NOW)).isPresent();
  }

  @Test
  void whatWasNotSentIsGivenBack() {
    Share share = budget.take("INC-A/1/7", 1_000, 500, NOW).orElseThrow();
    budget.giveBack(share, "INC-A/1/7");
    assertThat(budget.take("INC-A/1/7", 500, 250, NOW)).isPresent();
    assertThat(budget.take("INC-A/1/7", 500, 250, NOW)).isPresent();
  }

  @Test
  void tokensAreRoundedUpToMoney() {
    Prices prices = new Prices(2_500_000, 10_000_000);
    assertThat(prices.micros(1, 0)).isEqualTo(3);
    assertThat(prices.micros(1_000_000, 100_000)).isEqualTo(3_500_000);
    assertThat(new Prices(0, 0).micros(1_000_000, 1_000_000)).isZero();
  }
}
