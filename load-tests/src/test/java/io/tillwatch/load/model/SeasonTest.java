package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SeasonTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final LocalDate WEDNESDAY = LocalDate.of(2026, 11, 18);

  private static double at(LocalDate day, double hour) {
    Instant midnight = day.atStartOfDay(PARIS).toInstant();
    return Season.factor(PARIS, midnight.toEpochMilli() + (long) (hour * 3_600_000));
  }

  @Test
  void aWorkingDayAveragesToOne() {
    double sum = 0;
    for (int minute = 0; minute < 1440; minute++) {
      sum += at(WEDNESDAY, minute / 60.0);
    }
    assertThat(sum / 1440).isCloseTo(1, within(1e-5));
  }

  @Test
  void noonAndEveningAreBusyAndTheNightIsQuiet() {
    assertThat(at(WEDNESDAY, 12.5)).isGreaterThan(1.3).isGreaterThan(at(WEDNESDAY, 16));
    assertThat(at(WEDNESDAY, 19.5)).isGreaterThan(at(WEDNESDAY, 16));
    assertThat(at(WEDNESDAY, 4)).isLessThan(0.35);
  }

  @Test
  void itRunsByLocalTime() {
    ZoneId newYork = ZoneId.of("America/New_York");
    long noonInParis = WEDNESDAY.atTime(12, 30).atZone(PARIS).toInstant().toEpochMilli();
    long noonInNewYork = WEDNESDAY.atTime(12, 30).atZone(newYork).toInstant().toEpochMilli();
    assertThat(Season.factor(newYork, noonInNewYork)).isEqualTo(Season.factor(PARIS, noonInParis));
    assertThat(Season.factor(newYork, noonInParis)).isLessThan(0.7);
  }

  @Test
  void weekendsAreCalmerSundayMost() {
    double saturday = at(WEDNESDAY.plusDays(3), 12);
    double sunday = at(WEDNESDAY.plusDays(4), 12);
    assertThat(sunday).isLessThan(saturday);
    assertThat(saturday).isLessThan(at(WEDNESDAY, 12));
  }
}
