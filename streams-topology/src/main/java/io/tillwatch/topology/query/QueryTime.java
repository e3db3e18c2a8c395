package io.tillwatch.topology.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as queries write it: ISO-8601, epoch milliseconds, or relative to now. */
final class QueryTime {

  static final String EXPECTED =
      "ISO-8601 with an offset (2026-11-20T03:15:00Z), epoch milliseconds, now, or relative to"
          + " the watermark (-15m, -2h, -1d)";

  /** 9999-12-31T23:59:59Z: what ISO-8601 can show without a sign. */
  private static final long MILLIS_MAX = 253_402_300_799_000L;

  private static final Pattern RELATIVE = Pattern.compile("-(\\d{1,6})([smhd])");
  private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{1,15}");

  private QueryTime() {}

  /**
   * Epoch milliseconds.
   *
   * @param nowMillis what {@code now} and relative times count from: the watermark
   */
  static long parse(String name, String text, long nowMillis) {
    if (text.equals("now")) {
      return nowMillis;
    }
    Matcher relative = RELATIVE.matcher(text);
    if (relative.matches()) {
      return Math.max(0, nowMillis - length(relative).toMillis());
    }
    long millis = EPOCH_MILLIS.matcher(text).matches() ? Long.parseLong(text) : iso(name, text);
    if (millis < 0 || millis > MILLIS_MAX) {
      throw Refusal.badParameter(name, text, EXPECTED);
    }
    return millis;
  }

  private static Duration length(Matcher relative) {
    long count = Long.parseLong(relative.group(1));
    return switch (relative.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static long iso(String name, String text) {
    try {
      // A '+' of an offset that was not percent-encoded arrives as a blank.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw Refusal.badParameter(name, text, EXPECTED);
    }
  }

  /** ISO-8601 in UTC. */
  static String format(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
