package io.tillwatch.load.recording;

import java.util.Set;

/**
 * What a recording is made from.
 *
 * @param seed everything follows from it
 * @param warmUpDays at the beginning, in which nothing happens
 * @param days after these, with events
 * @param attemptsPerMinute of a mean day, before {@code harder}
 * @param harder ways in which it is harder than the usual one
 */
public record RecordingSettings(
    long seed, int warmUpDays, int days, double attemptsPerMinute, Set<Harder> harder) {

  /** Attempts a minute of a mean day, when nothing else is asked for. */
  public static final double ATTEMPTS_PER_MINUTE = 700;

  /** Of each of the two kinds of days: a little more than a year. */
  public static final int DAYS_MAX = 400;

  public static final double ATTEMPTS_PER_MINUTE_MAX = 100_000;

  static final int MINUTES_PER_DAY = 1_440;

  /** Correlation of the outcomes of one leaf within one minute. */
  private static final double CORRELATION = 0.01;

  /** Checks the ranges; what is thrown names the value and what was expected. */
  public RecordingSettings {
    check(warmUpDays >= 1 && warmUpDays <= DAYS_MAX, "warm-up-days", warmUpDays, "1 to 400");
    check(days >= 1 && days <= DAYS_MAX, "days", days, "1 to 400");
    check(
        attemptsPerMinute > 0 && attemptsPerMinute <= ATTEMPTS_PER_MINUTE_MAX,
        "rate",
        attemptsPerMinute,
        "more than 0, up to 100000");
    harder = Set.copyOf(harder);
    check(
        !harder.containsAll(Set.of(Harder.LOWVOLUME, Harder.HIGHVOLUME)),
        "harder",
        "lowvolume and highvolume",
        "one of the two");
  }

  private static void check(boolean fine, String what, Object value, String expected) {
    if (!fine) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(what, value, expected));
    }
  }

  int warmUpMinutes() {
    return warmUpDays * MINUTES_PER_DAY;
  }

  int minutes() {
    return (warmUpDays + days) * MINUTES_PER_DAY;
  }

  double volume() {
    double factor = 1;
    if (harder.contains(Harder.LOWVOLUME)) {
      factor = 0.2;
    } else if (harder.contains(Harder.HIGHVOLUME)) {
      factor = 10;
    }
    return attemptsPerMinute * factor;
  }

  double correlation() {
    return harder.contains(Harder.OVERDISPERSED) ? 5 * CORRELATION : CORRELATION;
  }

  double driftFactor() {
    return harder.contains(Harder.DRIFTING) ? 2 : 1;
  }
}
