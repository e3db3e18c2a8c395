package io.tillwatch.load.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private Instant real = NOW;

  private SimulatedClock clockFrom(Duration ago) {
    return new SimulatedClock(NOW.minus(ago), () -> real);
  }

  private void passes(Duration time) {
    real = real.plus(time);
  }

  @Test
  void itStandsWhereTheHistoryHasComeTo() {
    SimulatedClock clock = clockFrom(Duration.ofDays(2));
    passes(Duration.ofMinutes(1));
    assertThat(clock.instant()).isEqualTo(NOW.minus(Duration.ofDays(2)));
    clock.advanceTo(NOW.minus(Duration.ofDays(1)));
    clock.advanceTo(NOW.minus(Duration.ofDays(3)));
    assertThat(clock.instant()).isEqualTo(NOW.minus(Duration.ofDays(1)));
    assertThat(clock.speed()).isZero();
  }

  @Test
  void itRunsAtItsSpeed() {
    SimulatedClock clock = clockFrom(Duration.ofDays(1));
    clock.run(20);
    passes(Duration.ofMinutes(3));
    assertThat(clock.instant()).isEqualTo(NOW.minus(Duration.ofDays(1)).plus(Duration.ofHours(1)));
    assertThat(clock.speed()).isEqualTo(20);
    assertThat(clock.realUntil(clock.instant().plusSeconds(40))).isEqualTo(Duration.ofSeconds(2));
    assertThat(clock.realUntil(clock.instant().minusSeconds(40))).isZero();
  }

  @Test
  void itIsTheRealClockOnceItHasCaughtUp() {
    SimulatedClock clock = clockFrom(Duration.ofMinutes(19));
    clock.run(20);
    passes(Duration.ofMinutes(2));
    assertThat(clock.instant()).isEqualTo(real);
    assertThat(clock.speed()).isEqualTo(1);
    passes(Duration.ofMinutes(1));
    assertThat(clock.instant()).isEqualTo(real);
  }

  @Test
  void itNeverGoesBackNorAheadOfRealTime() {
    SimulatedClock clock = clockFrom(Duration.ofHours(1));
    clock.advanceTo(NOW.plusSeconds(60));
    assertThat(clock.instant()).isEqualTo(NOW);
    clock.run(5);
    Instant before = clock.instant();
    real = real.minusSeconds(30);
    clock.advanceTo(NOW.minusSeconds(10));
    assertThat(clock.speed()).isBetween(1.0, 5.0);
    passes(Duration.ofSeconds(30));
    assertThat(clock.instant()).isEqualTo(before);
  }

  @Test
  void aStartInTheFutureIsRefused() {
    assertThatThrownBy(() -> clockFrom(Duration.ofSeconds(-1))).hasMessageContaining("no later");
    assertThatThrownBy(() -> clockFrom(Duration.ofDays(1)).run(0.5)).hasMessageContaining("speed");
  }
}
