package io.tillwatch.load.bench.recount;

/**
 * Where a cell is: a minute and a value per dimension, {@link #ALL} where it is rolled up.
 *
 * @param minuteMillis start of the minute, epoch milliseconds UTC
 * @param bin BIN of 8 digits; it stands for the range of the same digits
 */
public record CellKey(long minuteMillis, String psp, String bin, String region) {

  /** Value of a dimension that is rolled up. */
  public static final String ALL = "";

  /** Length of a cell in time. */
  public static final long MINUTE_MILLIS = 60_000;

  /** Start of the minute that a time lies in. */
  public static long minuteOf(long timeMillis) {
    return timeMillis - timeMillis % MINUTE_MILLIS;
  }
}
