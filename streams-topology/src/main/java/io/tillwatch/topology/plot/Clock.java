package io.tillwatch.topology.plot;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** Minutes of a recording as people read them; minute 0 is a Monday, 00:00 UTC. */
final class Clock {

  static final int DAY_MINUTES = 1_440;

  private static final int HOUR_MINUTES = 60;
  private static final int WEEK_DAYS = 7;

  private Clock() {}

  /** For example {@code 03:15}. */
  static String time(int minute) {
    int ofDay = Math.floorMod(minute, DAY_MINUTES);
    return String.format(Locale.ROOT, "%02d:%02d", ofDay / HOUR_MINUTES, ofDay % HOUR_MINUTES);
  }

  /** For example {@code day 8 (Mon)}: days count from 1. */
  static String day(int minute) {
    int day = Math.floorDiv(minute, DAY_MINUTES);
    DayOfWeek week = DayOfWeek.MONDAY.plus(Math.floorMod(day, WEEK_DAYS));
    return "day %d (%s)".formatted(day + 1, week.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
  }

  /** For example {@code 4 h 05 min}. */
  static String duration(int minutes) {
    return minutes < 2 * HOUR_MINUTES
        ? minutes + " min"
        : String.format(
            Locale.ROOT, "%d h %02d min", minutes / HOUR_MINUTES, minutes % HOUR_MINUTES);
  }
}
