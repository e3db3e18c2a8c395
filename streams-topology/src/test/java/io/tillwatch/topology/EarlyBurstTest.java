package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.event.PaymentStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: in the whole topology, an outage is told before its minute is over while the stream is
 * live, once, and goes on as the same burst when the minute is over; a replay waits for the minute.
 *
 * <p>Method: two PSPs of which one answer in twelve fails, for an hour and a half; then one of them
 * fails altogether, second by second.
 */
class EarlyBurstTest {

  private static final int HISTORY = 90;
  private static final int PER_SECOND = 2;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Driven driven = Driven.withDefaults();
  private final Instant outage = Driven.START.plus(Duration.ofMinutes(HISTORY));
  private final List<Burst> bursts = new ArrayList<>();
  private Duration age = Duration.ZERO;
  private int ids;

  @AfterEach
  void close() {
    driven.close();
  }

  @Test
  void anOutageIsToldBeforeItsMinuteIsOver() {
    while (driven.now().isBefore(outage)) {
      second(/* fails= */ false);
    }
    assertThat(bursts).isEmpty();
    while (bursts.isEmpty() && driven.now().isBefore(outage.plusSeconds(60))) {
      second(/* fails= */ true);
    }

    assertThat(bursts).as("bursts before the minute is over").hasSize(1);
    Burst first = bursts.getFirst();
    assertThat(first.getState()).isEqualTo(BurstState.OPEN);
    assertThat(first.getRootCells().getFirst().getSlice()).isEqualTo(Map.of("psp", "northpay"));
    assertThat(first.getOnsetAt()).isEqualTo(outage);
    assertThat(first.getDetectedAt()).isBefore(outage.plusSeconds(40));

    while (driven.now().isBefore(outage.plusSeconds(200))) {
      second(/* fails= */ true);
    }
    assertThat(bursts).extracting(Burst::getBurstId).containsOnly(first.getBurstId());
    assertThat(bursts)
        .extracting(Burst::getRevision)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, bursts.size()).boxed().toList());
    // The minute is closed: all that northpay was sent in it, once.
    assertThat(bursts.get(1).getEvents()).isEqualTo(60L * PER_SECOND);
  }

  @Test
  void aReplayWaitsForTheMinuteToBeOver() {
    age = Duration.ofHours(1);
    while (driven.now().isBefore(outage.plusSeconds(55))) {
      second(/* fails= */ !driven.now().isBefore(outage));
    }
    assertThat(bursts).isEmpty();
  }

  private void second(boolean fails) {
    for (int i = 0; i < PER_SECOND; i++) {
      boolean failsToo = ids % 12 == 0;
      auth("northpay", fails || failsToo);
      auth("southpay", failsToo);
    }
    driven.advance(SECOND);
    bursts.addAll(driven.drain(driven.topics.bursts()));
  }

  private void auth(String psp, boolean fails) {
    String id = "a" + ids++;
    PaymentStep.Builder step = fails ? driven.declined(id) : driven.step(id);
    driven.auth(step.setPsp(psp).setEventTime(driven.now().minus(age)));
  }
}
