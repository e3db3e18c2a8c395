package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.event.Reason;
import io.tillwatch.topology.detect.LeafFacts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reasons of a recorded minute: {@code declines.csv} has a column of counts for each code, by some
 * of the dimensions. A code that is named as a reason is that one; any other takes one that no
 * column is named by.
 */
final class RecordedReasons extends SideRows {

  static final String FILE = "declines";

  /** By column. */
  private final List<Reason> reasons = new ArrayList<>();

  /**
   * Reasons of these columns.
   *
   * @throws IllegalArgumentException when there are more columns than reasons
   */
  RecordedReasons(List<String> columns) {
    if (columns.size() > Reason.values().length) {
      throw new IllegalArgumentException(
          "%d codes, expected at most %d".formatted(columns.size(), Reason.values().length));
    }
    Set<Reason> free = EnumSet.allOf(Reason.class);
    columns.forEach(column -> free.remove(named(column)));
    for (String column : columns) {
      Reason named = named(column);
      Reason taken = named == null ? free.iterator().next() : named;
      free.remove(taken);
      reasons.add(taken);
    }
  }

  private static @Nullable Reason named(String column) {
    String name = column.toUpperCase(Locale.ROOT);
    for (Reason reason : Reason.values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    return null;
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    double[] counts = values(row);
    for (int i = 0; i < counts.length; i++) {
      facts.reason(reasons.get(i), (long) counts[i]);
    }
  }
}
