package io.tillwatch.load.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** How busy an hour is: two bumps a day in local time, noon and evening, and calmer weekends. */
final class Season {

  private static final double FLOOR = 0.18;
  private static final double NOON = 12.5;
  private static final double NOON_WIDTH = 2.8;
  private static final double NOON_HEIGHT = 1.0;
  private static final double EVENING = 19.5;
  private static final double EVENING_WIDTH = 2.4;
  private static final double EVENING_HEIGHT = 1.15;
  private static final double SATURDAY = 0.92;
  private static final double SUNDAY = 0.80;

  /** Mean of the day's shape, so that factors average to one over a working day. */
  private static final double DAY_MEAN = dayMean();

  private Season() {}

  /** Traffic at that moment as a multiple of the mean of a working day. */
  static double factor(ZoneId zone, long millis) {
    ZonedDateTime local = Instant.ofEpochMilli(millis).atZone(zone);
    return shape(hour(local)) / DAY_MEAN * weekday(local.getDayOfWeek());
  }

  /** Local hour of the day with its fraction, 0 to 24. */
  static double localHour(ZoneId zone, long millis) {
    return hour(Instant.ofEpochMilli(millis).atZone(zone));
  }

  private static double hour(ZonedDateTime local) {
    return local.toLocalTime().toSecondOfDay() / 3600.0;
  }

  private static double shape(double hour) {
    return FLOOR
        + NOON_HEIGHT * bump(hour, NOON, NOON_WIDTH)
        + EVENING_HEIGHT * bump(hour, EVENING, EVENING_WIDTH);
  }

  /** A bell around the centre on a 24-hour circle. */
  private static double bump(double hour, double centre, double width) {
    double apart = Math.abs(hour - centre);
    double distance = Math.min(apart, 24 - apart) / width;
    return StrictMath.exp(-0.5 * distance * distance);
  }

  private static double weekday(DayOfWeek day) {
    return switch (day) {
      case SATURDAY -> SATURDAY;
      case SUNDAY -> SUNDAY;
      default -> 1;
    };
  }

  private static double dayMean() {
    double sum = 0;
    for (int minute = 0; minute < 1440; minute++) {
      sum += shape(minute / 60.0);
    }
    return sum / 1440;
  }
}
