package io.tillwatch.standalone.rulecase;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers minute by minute, in short: {@code 900x30} is 900 thirty times, {@code 900-10x30} begins
 * at 900 and falls by 10 each minute, {@code _x5} is five minutes of nothing; parts are apart by
 * spaces.
 */
final class SeriesText {

  /** Two weeks: a longer story is a recording, and a case for a backtest. */
  static final int MINUTES_MAX = 20_160;

  /** Events of a leaf in a minute. */
  private static final int VALUE_MAX = 10_000_000;

  private static final Pattern PART =
      Pattern.compile("(_|\\d{1,8})(?:([+-]\\d{1,8}))?(?:x(\\d{1,5}))?");

  private SeriesText() {}

  /** The numbers; empty when it is no such text, too long, or leaves what can be counted. */
  static Optional<int[]> read(String text) {
    int[] values = new int[MINUTES_MAX];
    int size = 0;
    for (String part : text.strip().split("\\s+")) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      long value = matcher.group(1).equals("_") ? 0 : Long.parseLong(matcher.group(1));
      long step = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
      int times = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
      long last = value + step * (times - 1L);
      if (size + times > MINUTES_MAX || value > VALUE_MAX || last < 0 || last > VALUE_MAX) {
        return Optional.empty();
      }
      for (int i = 0; i < times; i++) {
        values[size++] = (int) (value + i * step);
      }
    }
    return Optional.of(Arrays.copyOf(values, size));
  }
}
