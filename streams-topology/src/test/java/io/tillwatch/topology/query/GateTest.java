package io.tillwatch.topology.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How many queries read at once. */
class GateTest {

  @Test
  void oneTooManyIsRefusedAndAPlaceIsFreeAgainAfterwards() {
    Gate gate = new Gate(1, 0);
    String inner =
        gate.pass(() -> {
          assertThatThrownBy(() -> gate.pass(() -> "inside"))
              .isInstanceOfSatisfying(
                  Refusal.class,
                  refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.BUSY));
          return "first";
        });
    assertThat(inner).isEqualTo("first");
    assertThat(gate.<String>pass(() -> "second")).isEqualTo("second");
  }

  @Test
  void aQueryThatFailsGivesItsPlaceBack() {
    Gate gate = new Gate(1, 0);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              gate.pass(() -> {
                throw new IllegalStateException("broken");
              }))
          .hasMessage("broken");
    }
  }
}
