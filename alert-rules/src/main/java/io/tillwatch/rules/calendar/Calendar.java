package io.tillwatch.rules.calendar;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known beforehand. Immutable and thread-safe.
 *
 * @param maintenance planned work: what fails there is no news
 * @param holidays days whose hours are not those of other days
 */
public record Calendar(List<Planned> maintenance, List<Planned> holidays) {

  /** Nothing is planned. */
  public static final Calendar EMPTY = new Calendar(List.of(), List.of());

  public Calendar {
    maintenance = List.copyOf(maintenance);
    holidays = List.copyOf(holidays);
  }

  /** Where work is planned at a time: slices, value by dimension. */
  public List<Map<String, String>> underMaintenance(Instant time) {
    return at(maintenance, time);
  }

  /** Where it is a holiday at a time: slices, value by dimension. */
  public List<Map<String, String>> onHoliday(Instant time) {
    return at(holidays, time);
  }

  private static List<Map<String, String>> at(List<Planned> planned, Instant time) {
    return planned.stream()
        .filter(each -> each.occasion().covers(time))
        .map(Planned::slice)
        .toList();
  }
}
