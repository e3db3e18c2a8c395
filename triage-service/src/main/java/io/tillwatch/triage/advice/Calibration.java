package io.tillwatch.triage.advice;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model's confidence is worth: a table from what it says to how often it is right, straight
 * lines between its rows.
 *
 * <p>Kept as a file so that an evaluation can fit it anew; both columns only rise, so that it never
 * changes an order. Immutable and thread-safe.
 */
final class Calibration {

  private record Row(double said, double worth) {}

  private final List<Row> rows;

  private Calibration(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The shipped table. */
  static Calibration shipped() {
    return parse(Resource.text("calibration-v1.txt"));
  }

  /**
   * A table, one row a line: said, worth.
   *
   * @throws IllegalArgumentException with the line that breaks it
   */
  static Calibration parse(String text) {
    List<Row> rows = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        Row row = row(line);
        Row before = rows.isEmpty() ? null : rows.getLast();
        if (before != null && (row.said <= before.said || row.worth < before.worth)) {
          throw new IllegalArgumentException("'%s': expected more than before".formatted(line));
        }
        rows.add(row);
      }
    }
    if (rows.size() < 2 || rows.getFirst().said != 0 || rows.getLast().said != 1) {
      throw new IllegalArgumentException("expected rows from 0 to 1");
    }
    return new Calibration(rows);
  }

  private static Row row(String line) {
    String[] columns = line.strip().split("\\s+");
    if (columns.length != 2) {
      throw new IllegalArgumentException("'%s': expected two numbers".formatted(line));
    }
    return new Row(share(columns[0], line), share(columns[1], line));
  }

  private static double share(String text, String line) {
    double share = Double.parseDouble(text);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("'%s': expected 0 to 1".formatted(line));
    }
    return share;
  }

  /** What this confidence is worth, 0 to 1. */
  double worth(double said) {
    double at = Math.clamp(said, 0.0, 1.0);
    for (int i = 1; i < rows.size(); i++) {
      Row low = rows.get(i - 1);
      Row high = rows.get(i);
      if (at <= high.said) {
        double along = (at - low.said) / (high.said - low.said);
        return low.worth + along * (high.worth - low.worth);
      }
    }
    return rows.getLast().worth;
  }
}
