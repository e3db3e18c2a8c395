package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.backtest.Recording.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file beside the counts, read minute by minute: {@code minute}, columns named as dimensions of
 * the recording, columns of values. A recording may be without it.
 */
final class SideFile implements AutoCloseable {

  private static final double VALUE_MAX = 1e9;

  private final @Nullable Lines lines;
  private final CubeNames names;
  private final List<String> dimensions = new ArrayList<>();
  private final List<String> columns = new ArrayList<>();
  private final Map<List<String>, Slice> cells = new HashMap<>();
  private String @Nullable [] next;
  private int minute;

  /**
   * Opens it.
   *
   * @param name without its ending
   * @throws IOException when it is there, and cannot be one
   */
  SideFile(Path folder, String name, CubeNames names) throws IOException {
    this.names = names;
    Path plain = folder.resolve(name + ".csv");
    Path file = Files.exists(plain) ? plain : folder.resolve(name + ".csv.gz");
    this.lines = Files.exists(file) ? new Lines(file) : null;
    if (lines != null) {
      List<String> header = lines.header();
      if (!header.getFirst().equals("minute")) {
        throw lines.wrong("expected the column 'minute' first");
      }
      for (String column : header.subList(1, header.size())) {
        boolean isDimension = columns.isEmpty() && names.names().contains(column);
        (isDimension ? dimensions : columns).add(column);
      }
      if (dimensions.isEmpty()) {
        throw lines.wrong("expected a column for one of the dimensions " + names.names());
      }
      next = lines.next();
    }
  }

  /** The columns of values. */
  List<String> columns() {
    return columns;
  }

  /** Whether the recording has it. */
  boolean exists() {
    return lines != null;
  }

  /**
   * Hands the rows of a minute over; minutes ascend.
   *
   * @param wanted columns whose values are wanted, in this order
   */
  void read(int wantedMinute, List<String> wanted, SideRows to) throws IOException {
    to.clear();
    if (lines == null) {
      return;
    }
    int[] places = places(wanted);
    while (next != null && minuteOf(next) <= wantedMinute) {
      if (minute == wantedMinute) {
        double[] values = new double[places.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = lines.amount(next[1 + dimensions.size() + places[i]]);
          if (values[i] > VALUE_MAX) {
            throw lines.wrong("expected at most %.0f".formatted(VALUE_MAX));
          }
        }
        add(cell(next), values, to, lines);
      }
      next = lines.next();
    }
  }

  private static void add(Slice cell, double[] values, SideRows to, Lines lines)
      throws IOException {
    try {
      to.add(cell, values);
    } catch (IllegalArgumentException e) {
      throw lines.wrong(String.valueOf(e.getMessage()));
    }
  }

  private int[] places(List<String> wanted) throws IOException {
    int[] places = new int[wanted.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = columns.indexOf(wanted.get(i));
      if (places[i] < 0 && lines != null) {
        throw lines.wrong("expected a column '%s'".formatted(wanted.get(i)));
      }
    }
    return places;
  }

  private int minuteOf(String[] row) throws IOException {
    Lines open = lines;
    if (open == null) {
      return minute;
    }
    int at = open.number(row[0]);
    if (at < minute) {
      throw open.wrong("minute %d after minute %d, expected ascending".formatted(at, minute));
    }
    minute = at;
    return at;
  }

  private Slice cell(String[] row) {
    List<String> values = Arrays.asList(row).subList(1, 1 + dimensions.size());
    Slice known = cells.get(values);
    if (known == null) {
      Map<String, String> byName = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        byName.put(dimensions.get(i), values.get(i));
      }
      known = names.slice(byName).orElseThrow();
      cells.put(List.copyOf(values), known);
    }
    return known;
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }
}
