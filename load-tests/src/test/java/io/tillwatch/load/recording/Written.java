package io.tillwatch.load.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** A recording as a reader of the files sees it. */
final class Written {

  private final Path folder;
  private final List<List<String>> leaves;
  private final int[] auth;
  private final JsonNode labels;

  Written(Path folder) throws IOException {
    this.folder = folder;
    List<String> cells = lines("cells.csv");
    leaves =
        cells.subList(1, cells.size()).stream()
            .map(line -> List.of(line.split(",")))
            .map(fields -> fields.subList(1, fields.size()))
            .toList();
    IntStream.Builder numbers = IntStream.builder();
    rows("auth.csv.gz", fields -> fields.forEach(each -> numbers.add(Integer.parseInt(each))));
    auth = numbers.build().toArray();
    labels = JsonMapper.builder().build().readTree(folder.resolve("labels.json").toFile());
  }

  /** One event of the labels with a single cause or more; the first is looked at. */
  record Label(int start, int end, Map<String, String> cause, JsonNode parameters) {
    double minutes() {
      return end - start;
    }
  }

  Path folder() {
    return folder;
  }

  JsonNode labels() {
    return labels;
  }

  /** Events of a type; there is one at least. */
  List<Label> events(String type) {
    List<Label> events = new ArrayList<>();
    for (JsonNode event : labels.get("events")) {
      if (event.get("type").asText().equals(type)) {
        Map<String, String> cause = new HashMap<>();
        event
            .get("causes")
            .get(0)
            .properties()
            .forEach(each -> cause.put(each.getKey(), each.getValue().asText()));
        int start = event.get("start").asInt();
        events.add(new Label(start, event.get("end").asInt(), cause, event.get("params")));
      }
    }
    assertThat(events).as(type).isNotEmpty();
    return events;
  }

  /** All lines of a file that is not long. */
  List<String> lines(String file) throws IOException {
    List<String> lines = new ArrayList<>();
    read(file, lines::add);
    return lines;
  }

  /** The first line of a file. */
  String header(String file) throws IOException {
    List<String> first = new ArrayList<>(1);
    read(
        file,
        line -> {
          if (first.isEmpty()) {
            first.add(line);
          }
        });
    return first.getFirst();
  }

  /** Hands on the fields of each line after the first; a long file is never in memory whole. */
  void rows(String file, Consumer<List<String>> reader) throws IOException {
    String header = header(file);
    read(
        file,
        line -> {
          if (!line.equals(header)) {
            reader.accept(List.of(line.split(",")));
          }
        });
  }

  private void read(String file, Consumer<String> reader) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(file));
        InputStream text = file.endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      lines.lines().forEach(reader);
    }
  }

  /** What is done with one row of attempts. */
  interface AuthRow {
    void accept(int minute, List<String> values, int attempts, int successes);
  }

  /** Goes through the attempts; values are PSP, region, BIN, version. */
  void auth(AuthRow reader) {
    for (int i = 0; i < auth.length; i += 4) {
      reader.accept(auth[i], leaves.get(auth[i + 1]), auth[i + 2], auth[i + 3]);
    }
  }

  long attempts(Map<String, String> cell, int from, int to) {
    return sum(cell, from, to, 2);
  }

  double rate(Map<String, String> cell, int from, int to) {
    return (double) sum(cell, from, to, 3) / sum(cell, from, to, 2);
  }

  private long sum(Map<String, String> cell, int from, int to, int column) {
    boolean[] inside = new boolean[leaves.size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = matches(cell, List.of("psp", "region", "bin", "ver"), leaves.get(i));
    }
    long sum = 0;
    for (int i = 0; i < auth.length; i += 4) {
      sum += auth[i] >= from && auth[i] < to && inside[auth[i + 1]] ? auth[i + column] : 0;
    }
    return sum;
  }

  private static boolean matches(
      Map<String, String> cell, List<String> columns, List<String> values) {
    for (int i = 0; i < columns.size(); i++) {
      String wanted = cell.get(columns.get(i));
      if (wanted != null && !wanted.equals(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Mean of a column over the rows of a cell, as far as the table knows its dimensions. */
  double mean(String file, int column, Map<String, String> cell, int from, int to)
      throws IOException {
    List<String> columns = List.of(header(file).split(","));
    DoubleSummaryStatistics found = new DoubleSummaryStatistics();
    rows(
        file,
        fields -> {
          int minute = Integer.parseInt(fields.getFirst());
          if (minute >= from && minute < to && matches(cell, columns, fields)) {
            found.accept(Double.parseDouble(fields.get(column)));
          }
        });
    assertThat(found.getCount()).as("rows of %s in %s from %d", cell, file, from).isPositive();
    return found.getAverage();
  }

  /** By the first so many columns: the sum of so many columns from another on. */
  Map<String, Long> sums(String file, int keys, int from, int count) throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    rows(
        file,
        fields -> {
          long sum = fields.subList(from, from + count).stream().mapToLong(Long::parseLong).sum();
          sums.merge(String.join(",", fields.subList(0, keys)), sum, Long::sum);
        });
    return sums;
  }
}
