package io.tillwatch.load.recording;

import static io.tillwatch.load.recording.RecordingSettings.MINUTES_PER_DAY;

/**
 * How busy a region is by its own clock: quiet at night, busiest after noon, a smaller peak in the
 * evening; weekends are quieter. Of mean 1 over a week. Minute 0 is Monday, 00:00 UTC.
 */
final class DayProfile {

  private static final double NIGHT = 0.30;
  private static final double DAY_PEAK = 1.55;
  private static final double DAY_PEAK_HOUR = 13.6;
  private static final double DAY_PEAK_WIDTH_HOURS = 3.8;
  private static final double EVENING_PEAK = 0.70;
  private static final double EVENING_PEAK_HOUR = 20.2;
  private static final double EVENING_PEAK_WIDTH_HOURS = 2.1;

  /** Traffic of a Saturday or Sunday as a share of a working day's. */
  private static final double WEEKEND = 0.74;

  private static final double PEAK_OF_SUCCESS_HOUR = 14;

  /** By minute of a working day, UTC. */
  private final double[] busy = new double[MINUTES_PER_DAY];

  private final double[] daylight = new double[MINUTES_PER_DAY];

  DayProfile(int hoursFromUtc) {
    double sum = 0;
    for (int minute = 0; minute < MINUTES_PER_DAY; minute++) {
      double hour = minute / 60.0 + hoursFromUtc;
      busy[minute] =
          NIGHT
              + DAY_PEAK * bump(hour - DAY_PEAK_HOUR, DAY_PEAK_WIDTH_HOURS)
              + EVENING_PEAK * bump(hour - EVENING_PEAK_HOUR, EVENING_PEAK_WIDTH_HOURS);
      daylight[minute] = StrictMath.cos((hour - PEAK_OF_SUCCESS_HOUR) * StrictMath.PI / 12);
      sum += busy[minute];
    }
    double meanOfWeek = sum / MINUTES_PER_DAY * (5 + 2 * WEEKEND) / 7;
    for (int minute = 0; minute < MINUTES_PER_DAY; minute++) {
      busy[minute] /= meanOfWeek;
    }
  }

  private static double bump(double hours, double width) {
    double apart = StrictMath.IEEEremainder(hours, 24) / width;
    return StrictMath.exp(-0.5 * apart * apart);
  }

  double traffic(int minute) {
    boolean weekend = minute / MINUTES_PER_DAY % 7 >= 5;
    return busy[minute % MINUTES_PER_DAY] * (weekend ? WEEKEND : 1);
  }

  /** 1 in the early afternoon, -1 at night. */
  double daylight(int minute) {
    return daylight[minute % MINUTES_PER_DAY];
  }
}
