package io.tillwatch.load.peers.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.RollUp;
import io.tillwatch.load.peers.Events;
import io.tillwatch.load.peers.Share;
import io.tillwatch.load.peers.Slicer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: a partial goes when its minute closes, once, with all that was counted. */
class PartialsTest {

  private static final long MINUTE = Events.MINUTE;
  private static final long NEXT = MINUTE + CellKey.MINUTE_MILLIS;

  private final Partials partials = new Partials();
  private final Slicer slicer = new Slicer();

  private void count(long timeMillis, String psp) {
    Share share = new Share();
    slicer.share(Events.read(timeMillis, psp, "41111111", "eu-west"), RollUp.PSP, share);
    partials.add(timeMillis, share);
  }

  private List<String> release(long untilMillis) {
    List<String> released = new ArrayList<>();
    partials.release(
        untilMillis,
        (minute, partial) ->
            released.add(
                "%s %d: %d"
                    .formatted(
                        partial.slice().cell(minute).psp(),
                        (minute - MINUTE) / CellKey.MINUTE_MILLIS,
                        partial.measures().events())));
    return released;
  }

  @Test
  void eventsOfACellAreOnePartial() {
    count(MINUTE, "northpay");
    count(MINUTE + 59_999, "northpay");
    count(MINUTE + 1, "kestrel");
    assertThat(partials.size()).isEqualTo(2);
    assertThat(release(Long.MAX_VALUE)).containsExactlyInAnyOrder("northpay 0: 2", "kestrel 0: 1");
    assertThat(partials.size()).isZero();
    assertThat(release(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void aMinuteGoesWithItsLastMillisecond() {
    count(NEXT, "northpay");
    count(MINUTE, "northpay");
    assertThat(release(NEXT - 2)).isEmpty();
    assertThat(release(NEXT - 1)).containsExactly("northpay 0: 1");
    assertThat(partials.size()).isEqualTo(1);
  }

  @Test
  void countingGoesOnAfterARelease() {
    count(MINUTE, "northpay");
    release(Long.MAX_VALUE);
    count(MINUTE, "northpay");
    assertThat(release(Long.MAX_VALUE)).containsExactly("northpay 0: 1");
  }
}
