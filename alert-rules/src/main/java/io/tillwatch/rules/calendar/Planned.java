package io.tillwatch.rules.calendar;

import io.tillwatch.rules.playbook.Vocabulary;
import io.tillwatch.rules.source.Fields;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Something that is known beforehand, and where.
 *
 * @param name what people call it
 * @param slice value by dimension; what is absent is rolled up, and none at all is everything
 * @param occasion when
 */
public record Planned(String name, Map<String, String> slice, Occasion occasion) {

  public Planned {
    slice = Map.copyOf(slice);
  }

  /** Reads one, whose time is read in its own way. */
  static Planned read(Fields fields, Function<Fields, Occasion> readOccasion) {
    Planned planned =
        new Planned(
            fields.text("name"), fields.each("slice", Planned::value), readOccasion.apply(fields));
    fields.end();
    return planned;
  }

  private static String value(Fields slice, String dimension) {
    if (!Vocabulary.DIMENSIONS.contains(dimension)) {
      slice.problem(
          dimension,
          "'" + dimension + "'",
          "one of " + String.join(", ", new TreeSet<>(Vocabulary.DIMENSIONS)));
    }
    return slice.text(dimension);
  }

  /** Reads planned work; where is to be said, so that a slip does not silence everything. */
  public static Planned readWork(Fields fields) {
    if (!fields.has("slice")) {
      fields.problem("slice", "no slice", "one, or {} for everything");
    }
    return read(fields, Occasion::readWork);
  }

  /** Reads a holiday, of a region or of all. */
  public static Planned readHoliday(Fields fields) {
    Planned holiday = read(fields, Occasion::readHoliday);
    if (!Set.of("region").containsAll(holiday.slice().keySet())) {
      fields.problem("slice", "a slice of " + holiday.slice().keySet(), "a region, or none");
    }
    return holiday;
  }
}
