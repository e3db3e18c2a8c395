package io.tillwatch.load.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.bench.recount.RollUp;
import org.junit.jupiter.api.Test;

/** Goal: an event has the shares that the recount gives it. */
class SlicerTest {

  private final Slicer slicer = new Slicer();

  private Share share(AuthFields event, RollUp rollUp) {
    Share share = new Share();
    slicer.share(event, rollUp, share);
    return share;
  }

  @Test
  void eachRollUpHasItsCell() {
    AuthFields event = Events.read(Events.MINUTE, "northpay", "41111111", "eu-west");
    for (RollUp rollUp : RollUp.ALL) {
      assertThat(share(event, rollUp).slice.cell(Events.MINUTE))
          .isEqualTo(rollUp.cell(Events.MINUTE, "northpay", "41111111", "eu-west"));
    }
  }

  @Test
  void aShareCountsTheEvent() {
    Measures expected = new Measures();
    expected.add(0, Measures.NO_REASON, 1, "EUR", 4_200, 240);
    Measures measures = new Measures();
    share(Events.read(Events.MINUTE, "northpay", "41111111", "eu-west"), RollUp.TOTAL)
        .addTo(measures);
    assertThat(measures).isEqualTo(expected);
  }

  @Test
  void aSliceThatComesAgainIsTheSameObject() {
    AuthFields event = Events.read(Events.MINUTE, "northpay", "41111111", "eu-west");
    Slice first = share(event, RollUp.PSP).slice;
    event = Events.read(Events.MINUTE, "northpay", "42222222", "us-east");
    assertThat(share(event, RollUp.PSP).slice).isSameAs(first);
    assertThat(share(event, RollUp.BIN).slice).isNotEqualTo(first);
  }

  @Test
  void aLongTextIsRefused() {
    AuthFields event = Events.read(Events.MINUTE, "n".repeat(128), "41111111", "eu-west");
    assertThatThrownBy(() -> share(event, RollUp.PSP)).hasMessageContaining("128 bytes");
  }
}
