package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.tillwatch.schemas.event.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of a recording: {@code cells.csv}, {@code start.txt}, and by minute {@code auth},
 * {@code declines}, {@code latency} and {@code webhooks}, packed. Minutes of each file come in
 * order.
 */
final class RecordedFiles implements AutoCloseable {

  /** Dimensions that the side files are by. */
  static final List<String> NEEDED = List.of("psp", "binRange", "region");

  private static final CsvMapper CSV = new CsvMapper();
  private static final List<String> REASONS =
      Stream.of(Reason.values()).map(reason -> reason.name().toLowerCase(Locale.ROOT)).toList();

  private final Path folder;
  private final List<String> dimensions;
  private final List<SequenceWriter> open = new ArrayList<>();
  private final SequenceWriter auth;
  private final SequenceWriter declines;
  private final SequenceWriter latency;
  private final SequenceWriter webhooks;

  /** Number of each leaf cell, in the order in which they came. */
  private final Map<List<String>, Integer> leaves = new LinkedHashMap<>();

  private long events;

  /**
   * Begins a recording.
   *
   * @param start when minute 0 is
   * @throws IOException when the folder cannot be written to, or holds anything
   */
  RecordedFiles(Path folder, List<String> dimensions, Instant start) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.dimensions = dimensions;
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException("it is not empty");
      }
    }
    try {
      this.auth = file("auth", List.of("minute", "cell", "n", "ok"));
      this.declines = file("declines", joined(List.of("minute", "psp", "binRange"), REASONS));
      this.latency = file("latency", List.of("minute", "psp", "region", "n", "p50_ms", "p90_ms"));
      this.webhooks = file("webhooks", List.of("minute", "psp", "received"));
      Files.writeString(folder.resolve("start.txt"), start + "\n");
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private SequenceWriter file(String name, List<String> header) throws IOException {
    GZIPOutputStream bytes =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".csv.gz")));
    SequenceWriter writer = CSV.writer().with(CSV.schema()).writeValues(bytes);
    open.add(writer);
    writer.write(header);
    return writer;
  }

  private static List<String> joined(List<String> a, List<String> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  /** Takes the leaf cells of a minute. */
  void auths(int minute, List<JsonNode> cells) throws IOException {
    for (JsonNode cell : cells) {
      long judged = cell.path("judged").asLong();
      if (judged > 0) {
        int leaf = leaves.computeIfAbsent(values(cell, dimensions), added -> leaves.size());
        auth.write(List.of(minute, leaf, judged, cell.path("successes").asLong()));
        events += judged;
      }
    }
  }

  /** Takes authorisations by PSP and BIN range: why they failed. */
  void declines(int minute, List<JsonNode> cells) throws IOException {
    for (JsonNode cell : cells) {
      List<Object> row = row(minute, cell, List.of("psp", "binRange"));
      REASONS.forEach(reason -> row.add(cell.path("reasons").path(reason).asLong()));
      declines.write(row);
    }
  }

  /** Takes authorisations by PSP and region: how long they took. */
  void latency(int minute, List<JsonNode> cells) throws IOException {
    for (JsonNode cell : cells) {
      JsonNode quantiles = cell.path("latencyMillis");
      if (quantiles.path("count").asLong() > 0) {
        List<Object> row = row(minute, cell, List.of("psp", "region"));
        row.add(quantiles.path("count").asLong());
        row.add(Math.round(quantiles.path("p50").asDouble()));
        row.add(Math.round(quantiles.path("p90").asDouble()));
        latency.write(row);
      }
    }
  }

  /** Takes webhooks by PSP. */
  void webhooks(int minute, List<JsonNode> cells) throws IOException {
    for (JsonNode cell : cells) {
      List<Object> row = row(minute, cell, List.of("psp"));
      row.add(cell.path("events").asLong());
      webhooks.write(row);
    }
  }

  private static List<Object> row(int minute, JsonNode cell, List<String> by) {
    List<Object> row = new ArrayList<>();
    row.add(minute);
    row.addAll(values(cell, by));
    return row;
  }

  private static List<String> values(JsonNode cell, List<String> by) {
    return by.stream().map(dimension -> cell.path("slice").path(dimension).asText()).toList();
  }

  int leaves() {
    return leaves.size();
  }

  /** Authorisations that were judged. */
  long events() {
    return events;
  }

  /** Names the leaf cells: with these it is a recording. */
  void finish() throws IOException {
    close();
    try (SequenceWriter cells =
        CSV.writer()
            .with(CSV.schema())
            .writeValues(Files.newOutputStream(folder.resolve("cells.csv")))) {
      cells.write(joined(List.of("cell"), dimensions));
      for (Map.Entry<List<String>, Integer> leaf : leaves.entrySet()) {
        cells.write(joined(List.of(leaf.getValue().toString()), leaf.getKey()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    IOException failed = null;
    for (SequenceWriter writer : open) {
      try {
        writer.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    open.clear();
    if (failed != null) {
      throw failed;
    }
  }
}
