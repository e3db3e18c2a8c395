package io.tillwatch.rules.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {

  private static final String RULES =
      """
      maintenance:
        - name: release
          slice: {psp: northpay}
          from: 2026-12-01T02:00:00Z
          until: 2026-12-01T04:00:00Z
        - name: batch
          slice: {region: eu-west}
          days: [sun]
          at: 23:30
          for: 90m
          zone: Europe/Zurich
        - {name: nightly, slice: {psp: a, region: b}, at: 03:00, for: 10m}
      holidays:
        - name: christmas
          slice: {region: eu-west}
          dates: [2026-12-25, 2026-12-26]
          zone: Europe/Berlin
        - {name: new-year, dates: 2027-01-01}
      """;

  @TempDir private Path folder;

  @Test
  void nothingIsPlannedAsShipped() {
    assertThat(RuleBook.defaults().calendar()).isEqualTo(Calendar.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-01T01:59:59Z,", // a Tuesday
    "2026-12-01T02:00:00Z,northpay",
    "2026-12-01T03:59:59Z,northpay",
    "2026-12-01T04:00:00Z,",
    "2026-12-06T22:29:59Z,", // a Sunday, an hour later in Zurich
    "2026-12-06T22:30:00Z,eu-west",
    "2026-12-06T23:59:59Z,eu-west",
    "2026-12-07T00:00:00Z,",
    "2026-12-07T22:30:00Z,",
    "2026-07-05T21:30:00Z,eu-west", // two hours later in summer
    "2026-07-05T22:59:59Z,eu-west",
    "2026-07-05T23:00:00Z,",
  })
  void workIsPlannedAtItsTimes(Instant time, String where) {
    List<Map<String, String>> slices = calendar(RULES).underMaintenance(time);

    assertThat(slices.stream().flatMap(slice -> slice.values().stream()))
        .isEqualTo(where == null ? List.of() : List.of(where));
  }

  @Test
  void workWithoutDaysIsPlannedEveryDay() {
    for (int day = 10; day < 17; day++) {
      Instant time = Instant.parse("2026-12-%dT03:05:00Z".formatted(day));
      assertThat(calendar(RULES).underMaintenance(time))
          .containsExactly(Map.of("psp", "a", "region", "b"));
    }
  }

  @Test
  void aHolidayLastsFromMidnightToMidnightWhereItIs() {
    Calendar calendar = calendar(RULES);

    assertThat(calendar.onHoliday(Instant.parse("2026-12-24T22:59:59Z"))).isEmpty();
    assertThat(calendar.onHoliday(Instant.parse("2026-12-24T23:00:00Z")))
        .containsExactly(Map.of("region", "eu-west"));
    assertThat(calendar.onHoliday(Instant.parse("2026-12-26T22:59:59Z"))).hasSize(1);
    assertThat(calendar.onHoliday(Instant.parse("2027-01-01T12:00:00Z"))).containsExactly(Map.of());
  }

  @Test
  void everyMistakeIsToldWithItsPlace() {
    assertThatThrownBy(() ->
            calendar(
                """
                maintenance:
                  - {name: a, from: tomorrow, until: 2026-12-01T04:00:00Z}
                  - {name: b, from: 2026-12-02T00:00:00Z, until: 2026-12-01T00:00:00Z}
                  - {name: c, slice: {pps: x}, days: [sunday], at: 25:00, for: 8d, zone: Mars}
                  - {name: c, slice: {}, at: 02:00, for: 1h}
                  - {name: e, slice: {}, at: 02:00, for: 1d}
                holidays:
                  - {name: d, slice: {psp: x}, dates: [christmas]}
                """))
        .isInstanceOf(InvalidRules.class)
        .hasMessageContaining(":2:21: found 'tomorrow', expected a time such as")
        .hasMessageContaining(
            ":3:50: found 2026-12-01T00:00:00Z, expected a time after from, by 31")
        .hasMessageContaining("found 'pps', expected one of binRange, connectorVersion")
        .hasMessageContaining("expected one of fri, mon, sat, sun, thu, tue, wed")
        .hasMessageContaining("found '25:00', expected a time of day such as 02:00")
        .hasMessageContaining("found '8d', expected a duration such as 90s, 10m, 2h or 7d")
        .hasMessageContaining(
            "found '1d', expected a duration such as 90s, 10m, 2h or 7d, from 1m to 23h")
        .hasMessageContaining("found no slice, expected one, or {} for everything")
        .hasMessageContaining("found 'Mars', expected a time zone such as Europe/Zurich")
        .hasMessageContaining("found maintenance c again, expected one")
        .hasMessageContaining("found a slice of [psp], expected a region, or none")
        .hasMessageContaining("found 'christmas', expected a day such as 2026-12-25");
  }

  private Calendar calendar(String text) {
    try {
      return RuleBook.load(List.of(Files.writeString(folder.resolve("site.yaml"), text)))
          .calendar();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
