package io.tillwatch.topology.detect;

import io.tillwatch.rules.calendar.Calendar;
import io.tillwatch.schemas.slice.Dimension;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where it is a holiday, region by region. */
final class Holidays {

  private final Calendar calendar;

  /** By region, for the time that was asked last. */
  private final Map<String, Boolean> known = new HashMap<>();

  private long asOf;

  Holidays(Calendar calendar) {
    this.calendar = calendar;
  }

  /** Whether it is one in this region at this time, epoch milliseconds. */
  boolean isOn(String region, long millis) {
    if (calendar.holidays().isEmpty()) {
      return false;
    }
    if (millis != asOf) {
      asOf = millis;
      known.clear();
    }
    return known.computeIfAbsent(region, name -> isAmong(name, millis));
  }

  private boolean isAmong(String region, long millis) {
    List<Map<String, String>> slices = calendar.onHoliday(Instant.ofEpochMilli(millis));
    return slices.stream()
        .anyMatch(slice -> slice.getOrDefault(Dimension.REGION.label(), region).equals(region));
  }
}
