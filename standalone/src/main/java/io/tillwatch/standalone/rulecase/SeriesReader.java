package io.tillwatch.standalone.rulecase;

import io.tillwatch.rules.playbook.Vocabulary;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.rulecase.CaseSeries.Columns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Series as they stand in a file of cases: in short, or as a CSV file with a row a minute. */
final class SeriesReader {

  /** Leaves of one series: enough to be a small cube, few enough to be read in a file. */
  private static final int LEAVES_MAX = 1_000;

  private static final double TICKET_MINOR_MAX = 1e9;
  private static final String ATTEMPTS = "attempts";
  private static final String SUCCESSES = "successes";
  private static final String TECHNICAL = "technical";
  private static final String LATENCY = "latency-ms";
  private static final List<String> COLUMNS = List.of(ATTEMPTS, SUCCESSES, TECHNICAL, LATENCY);

  private final Path file;

  SeriesReader(Path file) {
    this.file = file;
  }

  CaseSeries read(Fields fields) {
    CaseSeries series =
        new CaseSeries(
            EventKind.valueOf(fields.oneOf("kind", Kind.class, Kind.AUTH).name()),
            leaves(fields),
            fields.has("csv") ? columnsOf(fields) : columns(fields),
            fields.each(
                "ticket-minor",
                (each, currency) -> (long) each.number(currency, 1, TICKET_MINOR_MAX)));
    fields.end("kind", "csv", ATTEMPTS, SUCCESSES, TECHNICAL, LATENCY, "reasons", "ticket-minor");
    return series;
  }

  /** Each combination of the values is a leaf. */
  private static List<Slice> leaves(Fields fields) {
    Fields values = fields.mapping("slice");
    List<Map<String, String>> leaves = new ArrayList<>(List.of(Map.of()));
    for (String dimension : dimensions(values)) {
      List<Map<String, String>> further = new ArrayList<>();
      for (String value : values.texts(dimension)) {
        for (Map<String, String> leaf : leaves) {
          Map<String, String> one = new HashMap<>(leaf);
          one.put(dimension, value);
          further.add(one);
        }
      }
      leaves = further.size() > LEAVES_MAX ? leaves : further;
      if (further.size() > LEAVES_MAX) {
        values.problem(dimension, further.size() + " leaves", LEAVES_MAX + " at most");
      }
    }
    values.end(Vocabulary.DIMENSIONS);
    return leaves.stream().map(SeriesReader::leaf).toList();
  }

  /** Those of a mapping that are dimensions, in its order. */
  static List<String> dimensions(Fields values) {
    return values.keys().stream().filter(Vocabulary.DIMENSIONS::contains).toList();
  }

  private static Slice leaf(Map<String, String> values) {
    return Slice.leaf(
        Dimension.ALL.stream()
            .map(dimension -> values.get(dimension.label()))
            .toArray(String[]::new));
  }

  private static Columns columns(Fields fields) {
    int[] attempts = numbers(fields, ATTEMPTS, -1);
    int length = attempts.length;
    Map<Reason, int[]> reasons = new EnumMap<>(Reason.class);
    if (fields.has("reasons")) {
      Fields each = fields.mapping("reasons");
      for (Reason reason : Reason.values()) {
        String word = reason.name().toLowerCase(Locale.ROOT);
        if (each.has(word)) {
          reasons.put(reason, numbers(each, word, length));
        }
      }
      each.end(Vocabulary.REASONS);
    }
    Columns columns =
        new Columns(
            attempts,
            numbers(fields, SUCCESSES, length),
            fields.has(TECHNICAL) ? numbers(fields, TECHNICAL, length) : null,
            fields.has(LATENCY) ? numbers(fields, LATENCY, length) : null,
            reasons);
    checkParts(fields, columns);
    return columns;
  }

  private static int[] numbers(Fields fields, String key, int length) {
    int[] numbers =
        SeriesText.read(fields.text(key))
            .orElseGet(() -> {
              fields.problem(
                  key,
                  "'" + fields.text(key) + "'",
                  "numbers by minute such as '900x30 700-10x10 _x5', %d minutes at most"
                      .formatted(SeriesText.MINUTES_MAX));
              return new int[Math.max(0, length)];
            });
    if (length >= 0 && numbers.length != length) {
      fields.problem(key, numbers.length + " minutes", "as many as attempts: " + length);
      return Arrays.copyOf(numbers, length);
    }
    return numbers;
  }

  private static void checkParts(Fields fields, Columns columns) {
    int[] attempts = columns.attempts();
    for (int minute = 0; minute < attempts.length; minute++) {
      int failures = attempts[minute] - columns.successes()[minute];
      int technical = columns.technical() == null ? 0 : columns.technical()[minute];
      if (failures < 0 || technical > failures) {
        fields.problem(
            failures < 0 ? SUCCESSES : TECHNICAL,
            "minute %d: %d attempts, %d successes, %d technical failures"
                .formatted(minute, attempts[minute], columns.successes()[minute], technical),
            "no more successes than attempts, and no more technical failures than failures");
        return;
      }
    }
  }

  /** A column for each number, named in the first line; a row for each minute. */
  private Columns columnsOf(Fields fields) {
    Path csv = file.resolveSibling(fields.text("csv"));
    Map<String, int[]> columns = new HashMap<>();
    try {
      List<String> lines = Files.readAllLines(csv).stream().filter(l -> !l.isBlank()).toList();
      List<String> header = lines.isEmpty() ? List.of() : List.of(lines.getFirst().split(","));
      if (!Set.copyOf(COLUMNS).containsAll(header) || !header.contains(ATTEMPTS)) {
        fields.problem("csv", csv + ": " + header, "columns " + String.join(", ", COLUMNS));
      } else {
        readRows(fields, csv, lines, columns);
      }
    } catch (IOException e) {
      fields.problem("csv", "'" + csv + "'", "a file beside this one that can be read");
    }
    int[] attempts = columns.getOrDefault(ATTEMPTS, new int[0]);
    Columns read =
        new Columns(
            attempts,
            columns.getOrDefault(SUCCESSES, new int[attempts.length]),
            columns.get(TECHNICAL),
            columns.get(LATENCY),
            Map.of());
    checkParts(fields, read);
    return read;
  }

  private static void readRows(
      Fields fields, Path csv, List<String> lines, Map<String, int[]> columns) {
    String[] header = lines.getFirst().split(",");
    for (String column : header) {
      columns.put(column, new int[Math.min(lines.size() - 1, SeriesText.MINUTES_MAX)]);
    }
    for (int row = 0; row < lines.size() - 1; row++) {
      String[] values = lines.get(row + 1).split(",");
      for (int column = 0; column < header.length; column++) {
        int[] numbers = columns.get(header[column]);
        Integer number = column < values.length ? number(values[column]) : null;
        if (number == null || numbers == null || row >= numbers.length) {
          fields.problem(
              "csv",
              "%s:%d".formatted(csv, row + 2),
              "%d whole numbers from 0 on, and %d rows at most"
                  .formatted(header.length, SeriesText.MINUTES_MAX));
          return;
        }
        numbers[row] = number;
      }
    }
  }

  private static @Nullable Integer number(String text) {
    try {
      int number = Integer.parseInt(text.strip());
      return number < 0 ? null : number;
    } catch (NumberFormatException e) {
      return null; // the caller says where
    }
  }
}
