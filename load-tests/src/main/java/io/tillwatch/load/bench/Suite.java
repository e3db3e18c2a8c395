package io.tillwatch.load.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the bench can measure. */
enum Suite {
  /** Everybody at the same work. */
  COMPARE(2_000_000, 0),
  /** Exactly once, killed again and again. */
  KILL(2_000_000, 0),
  /** How soon a cell is answered under load: over some hours, so that the last one is full. */
  QUERY(6_000_000, 180),
  /** How soon lost state is back. */
  RESTORE(6_000_000, 0),
  /** What an event costs with more cells and partitions. */
  SCALE(1_000_000, 0),
  /** How far the cube is behind the clock. */
  TICK(9_000_000, 3);

  private static final long EVENTS_PER_MINUTE = 200_000;

  private final long events;
  private final int minutes;

  Suite(long events, int minutes) {
    this.events = events;
    this.minutes = minutes;
  }

  /** Events when nobody says how many. */
  long events() {
    return events;
  }

  /** Events per minute of event time when nobody says how many minutes they span. */
  long eventsPerMinute(long ofEvents) {
    return minutes == 0 ? EVENTS_PER_MINUTE : Math.max(1, ofEvents / minutes);
  }

  /** Minutes that it runs by the clock when nobody says how many. */
  int minutes() {
    return minutes;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Suite::label).toList();
  }

  /** Reads a label. */
  static final class Converter implements ITypeConverter<Suite> {
    @Override
    public Suite convert(String text) {
      return Arrays.stream(values())
          .filter(suite -> suite.label().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "'%s' is no suite, expected one of %s".formatted(text, labels())));
    }
  }
}
