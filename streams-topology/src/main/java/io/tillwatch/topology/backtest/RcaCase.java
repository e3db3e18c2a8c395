package io.tillwatch.topology.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One case of localisation: what each leaf has and what was forecast.
 *
 * <p>An amount is one file, {@code NAME.csv}; a rate is two, {@code NAME.a.csv} over {@code
 * NAME.b.csv}. Columns: a value for each dimension, {@code real} and {@code predict}.
 *
 * @param name path below the folder, without the ending
 * @param dimensions in the order of the header
 * @param leaves values in that order
 * @param top amounts, or numerators of the rate
 * @param bottom denominators; null for an amount
 */
record RcaCase(
    String name,
    List<String> dimensions,
    List<List<String>> leaves,
    Amounts top,
    @Nullable Amounts bottom) {

  private static final String REAL = "real";
  private static final String FORECAST = "predict";
  private static final String ENDING = ".csv";
  private static final String TOP = ".a.csv";
  private static final String BOTTOM = ".b.csv";
  private static final String LABELS = "injection_info.csv";

  /** By leaf. */
  record Amounts(double[] real, double[] forecast) {}

  /** The first files of all cases below a folder, in order. */
  static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> isCase(file.getFileName().toString())).sorted().toList();
    }
  }

  private static boolean isCase(String name) {
    return name.endsWith(ENDING) && !name.endsWith(BOTTOM) && !name.equals(LABELS);
  }

  /**
   * Reads a case.
   *
   * @param file its first one
   * @throws IOException when it is none of these
   */
  static RcaCase read(Path folder, Path file) throws IOException {
    Table top = Table.read(file);
    String path = folder.relativize(file).toString().replace('\\', '/');
    if (!path.endsWith(TOP)) {
      String name = path.substring(0, path.length() - ENDING.length());
      return new RcaCase(name, top.dimensions, top.leaves, top.amounts(), null);
    }
    String name = path.substring(0, path.length() - TOP.length());
    Path other = folder.resolve(name + BOTTOM);
    Table bottom = Table.read(other);
    if (!bottom.dimensions.equals(top.dimensions) || !bottom.leaves.equals(top.leaves)) {
      throw new IOException(other + ": other leaves than in " + file);
    }
    return new RcaCase(name, top.dimensions, top.leaves, top.amounts(), bottom.amounts());
  }

  /** One file. */
  private record Table(
      List<String> dimensions,
      List<List<String>> leaves,
      List<Double> real,
      List<Double> forecast) {

    static Table read(Path file) throws IOException {
      try (Recording.Lines lines = new Recording.Lines(file)) {
        List<String> header = lines.header();
        int real = header.indexOf(REAL);
        int forecast = header.indexOf(FORECAST);
        List<String> dimensions = new ArrayList<>(header);
        dimensions.removeAll(List.of(REAL, FORECAST));
        if (real < 0 || forecast < 0 || dimensions.size() != header.size() - 2) {
          throw lines.wrong("expected a column for each dimension, 'real' and 'predict'");
        }
        try {
          new CubeNames(dimensions);
        } catch (IllegalArgumentException e) {
          throw lines.wrong(String.valueOf(e.getMessage()));
        }
        Table table =
            new Table(dimensions, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        // Leaves share their values: equal ones are then the same, and told apart at a glance.
        Map<String, String> once = new HashMap<>();
        for (String[] row = lines.next(); row != null; row = lines.next()) {
          table.real.add(lines.amount(row[real]));
          table.forecast.add(lines.amount(row[forecast]));
          List<String> values = new ArrayList<>();
          for (String value : row) {
            values.add(once.computeIfAbsent(value, same -> same));
          }
          values.remove(Math.max(real, forecast));
          values.remove(Math.min(real, forecast));
          table.leaves.add(values);
        }
        return table;
      }
    }

    Amounts amounts() {
      return new Amounts(
          real.stream().mapToDouble(Double::doubleValue).toArray(),
          forecast.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
