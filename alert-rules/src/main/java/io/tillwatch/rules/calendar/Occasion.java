package io.tillwatch.rules.calendar;

import io.tillwatch.rules.source.Fields;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** When something takes place. */
public sealed interface Occasion {

  /** Longest that something may take place once: nobody looks at it for so long. */
  Duration ONCE_MAX = Duration.ofDays(31);

  /** Whether a time is within it. */
  boolean covers(Instant time);

  /** Once, from a time until another, which is not part of it. */
  record Once(Instant from, Instant until) implements Occasion {
    @Override
    public boolean covers(Instant time) {
      return !time.isBefore(from) && time.isBefore(until);
    }
  }

  /** On some days of every week from a time of day on, where that time is kept. */
  record Weekly(Set<DayOfWeek> days, LocalTime at, Duration length, ZoneId zone)
      implements Occasion {

    private static final Duration LENGTH_MAX = Duration.ofDays(3);

    /** What is every day must end before it begins again. */
    private static final Duration DAILY_LENGTH_MAX = Duration.ofHours(23);

    public Weekly {
      days = Set.copyOf(days);
    }

    @Override
    public boolean covers(Instant time) {
      LocalDate first = time.minus(length).atZone(zone).toLocalDate();
      LocalDate last = time.atZone(zone).toLocalDate();
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        Instant start = day.atTime(at).atZone(zone).toInstant();
        if (days.contains(day.getDayOfWeek()) && new Once(start, start.plus(length)).covers(time)) {
          return true;
        }
      }
      return false;
    }
  }

  /** On whole days, from midnight to midnight where they are kept. */
  record Days(Set<LocalDate> dates, ZoneId zone) implements Occasion {

    public Days {
      dates = Set.copyOf(dates);
    }

    @Override
    public boolean covers(Instant time) {
      return dates.contains(time.atZone(zone).toLocalDate());
    }
  }

  /**
   * Reads {@code from} and {@code until}, or {@code days} (every day when left out), {@code at},
   * {@code for} and {@code zone} (UTC when left out).
   */
  static Occasion readWork(Fields fields) {
    if (fields.has("from") || fields.has("until")) {
      String example = "a time such as 2026-12-01T02:00:00Z";
      Instant from = parsed(fields, "from", Instant::parse, example, Instant.EPOCH);
      Instant until = parsed(fields, "until", Instant::parse, example, from.plusSeconds(1));
      if (!from.isBefore(until) || Duration.between(from, until).compareTo(ONCE_MAX) > 0) {
        fields.problem("until", until.toString(), "a time after from, by 31 days at most");
      }
      return new Once(from, until);
    }
    LocalTime at =
        parsed(fields, "at", LocalTime::parse, "a time of day such as 02:00", LocalTime.MIDNIGHT);
    Duration most = fields.has("days") ? Weekly.LENGTH_MAX : Weekly.DAILY_LENGTH_MAX;
    Duration length = fields.duration("for", Duration.ofMinutes(1), most);
    return new Weekly(days(fields), at, length, zone(fields));
  }

  /** Reads {@code dates} and {@code zone} (UTC when left out). */
  static Occasion readHoliday(Fields fields) {
    Set<LocalDate> dates = new TreeSet<>();
    for (String text : fields.texts("dates")) {
      try {
        dates.add(LocalDate.parse(text));
      } catch (DateTimeException e) {
        fields.problem("dates", "'" + text + "'", "a day such as 2026-12-25");
      }
    }
    return new Days(dates, zone(fields));
  }

  private static Set<DayOfWeek> days(Fields fields) {
    Map<String, DayOfWeek> byName = new TreeMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      byName.put(day.name().substring(0, 3).toLowerCase(Locale.ROOT), day);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (fields.has("days")) {
      fields.words("days", byName.keySet()).stream()
          .map(byName::get)
          .filter(Objects::nonNull)
          .forEach(days::add);
    }
    return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
  }

  private static ZoneId zone(Fields fields) {
    return fields.has("zone")
        ? parsed(fields, "zone", ZoneId::of, "a time zone such as Europe/Zurich", ZoneOffset.UTC)
        : ZoneOffset.UTC;
  }

  private static <T> T parsed(
      Fields fields, String key, Function<String, T> parse, String expected, T otherwise) {
    String text = fields.text(key);
    try {
      return text.isEmpty() ? otherwise : parse.apply(text);
    } catch (DateTimeException e) {
      fields.problem(key, "'" + text + "'", expected);
      return otherwise;
    }
  }
}
