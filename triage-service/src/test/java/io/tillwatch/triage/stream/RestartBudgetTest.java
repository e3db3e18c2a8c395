package io.tillwatch.triage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

  private long nanos;
  private final RestartBudget budget = new RestartBudget(2, Duration.ofMinutes(5), () -> nanos);

  @Test
  void itIsSpentAfterSoManyRestartsWithinTheWindow() {
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  @Test
  void restartsLongAgoDoNotCount() {
    budget.take();
    nanos = Duration.ofMinutes(4).toNanos();
    budget.take();
    nanos = Duration.ofMinutes(5).toNanos() + 1;
    assertThat(budget.take()).as("the first one is out of the window").isTrue();
    assertThat(budget.take()).isFalse();
  }
}
