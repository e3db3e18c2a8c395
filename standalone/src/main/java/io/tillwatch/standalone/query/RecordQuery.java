package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.standalone.query.Instance.NoAnswer;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code query record}: what was counted, written down for {@code backtest}. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the minute cells of a running instance into a folder that backtest",
      "reads: authorisations, decline reasons, latency and webhooks. Minute 0 is the",
      "midnight (UTC) before --from. The folder must be new or empty."
    },
    footer = {
      "",
      "Examples:",
      "  tillwatch query record --from -24h --out yesterday",
      "  tillwatch backtest --cells yesterday --plot pictures"
    })
final class RecordQuery implements Callable<Integer> {

  private static final long MINUTE_MILLIS = 60_000;

  /** Minutes asked for at once; fewer when an answer would be cut. */
  private static final int MINUTES_AT_ONCE = 60;

  private static final int LIMIT = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private Instance instance;

  @Option(
      names = "--from",
      defaultValue = "-24h",
      description =
          "Start: ISO-8601, epoch milliseconds or relative to now (default: ${DEFAULT-VALUE}).")
  private String from = "";

  @Option(
      names = "--to",
      defaultValue = "-2m",
      description = "End, exclusive (default: ${DEFAULT-VALUE}, so that minutes are whole).")
  private String to = "";

  @Option(
      names = "--by",
      defaultValue = "psp,binRange,region",
      description =
          "Dimensions of the leaf cells, separated by commas; psp, binRange and region among them"
              + " (default: ${DEFAULT-VALUE}).")
  private String by = "";

  @Option(names = "--out", required = true, description = "The folder; made if need be.")
  private Path folder = Path.of("");

  /** What one file is asked for by. */
  private record Part(String kind, List<String> by) {}

  /** Takes the cells of one minute. */
  @FunctionalInterface
  private interface Minutes {
    void minute(int number, List<JsonNode> cells) throws IOException;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    List<String> dimensions =
        Arrays.stream(by.split(",", -1)).map(String::strip).distinct().toList();
    if (!dimensions.containsAll(RecordedFiles.NEEDED)) {
      throw new WrongInput(
          "--by is '%s', expected psp, binRange and region among them".formatted(by));
    }
    try {
      return record(dimensions);
    } catch (NoAnswer e) {
      err.println(e.getMessage());
      return e.exitCode();
    } catch (IOException | UncheckedIOException e) {
      err.println("tillwatch: cannot write to %s: %s".formatted(folder, e.getMessage()));
      return Instance.FOUND_A_PROBLEM;
    }
  }

  private int record(List<String> dimensions) throws NoAnswer, IOException {
    JsonNode range = instance.read("api/v1/cells", Map.of("step", "all", "from", from, "to", to));
    long start = minuteOf(Words.text(range.path("from")));
    long end = minuteOf(Words.text(range.path("to")));
    PrintWriter out = spec.commandLine().getOut();
    Instant midnight = Instant.ofEpochMilli(midnight(start));
    try (RecordedFiles files = new RecordedFiles(folder, dimensions, midnight)) {
      read(new Part("auth", dimensions), start, end, files::auths);
      read(new Part("auth", List.of("psp", "binRange")), start, end, files::declines);
      read(new Part("auth", List.of("psp", "region")), start, end, files::latency);
      read(new Part("webhook", List.of("psp")), start, end, files::webhooks);
      files.finish();
      out.printf(
          "%,d minutes of %,d leaf cells, %,d authorisations: %s%n",
          (end - start) / MINUTE_MILLIS, files.leaves(), files.events(), folder);
      out.flush();
      return files.events() == 0 ? Instance.FOUND_A_PROBLEM : 0;
    }
  }

  private void read(Part part, long start, long end, Minutes minutes) throws NoAnswer, IOException {
    PrintWriter err = spec.commandLine().getErr();
    long midnight = midnight(start);
    int atOnce = MINUTES_AT_ONCE;
    long at = start;
    while (at < end) {
      long until = Math.min(end, at + atOnce * MINUTE_MILLIS);
      JsonNode answer = instance.read("api/v1/cells", parameters(part, at, until));
      if (answer.path("truncated").asBoolean()) {
        if (atOnce == 1) {
          throw new NoAnswer(
              "tillwatch: more than %,d cells in a minute: name fewer dimensions with --by"
                  .formatted(LIMIT),
              Instance.WRONG_INPUT);
        }
        atOnce /= 2;
        continue;
      }
      Map<Long, List<JsonNode>> byMinute = new LinkedHashMap<>();
      for (JsonNode cell : answer.path("cells")) {
        byMinute
            .computeIfAbsent(minuteOf(Words.text(cell.path("at"))), m -> new ArrayList<>())
            .add(cell);
      }
      for (Map.Entry<Long, List<JsonNode>> minute : byMinute.entrySet()) {
        minutes.minute(
            Math.toIntExact((minute.getKey() - midnight) / MINUTE_MILLIS), minute.getValue());
      }
      at = until;
      err.printf(
          "%s by %s: %d %%%n",
          part.kind(), String.join(",", part.by()), 100 * (at - start) / (end - start));
      err.flush();
    }
  }

  private static Map<String, String> parameters(Part part, long from, long to) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("kind", part.kind());
    parameters.put("by", String.join(",", part.by()));
    parameters.put("step", "1m");
    parameters.put("from", Long.toString(from));
    parameters.put("to", Long.toString(to));
    parameters.put("limit", Integer.toString(LIMIT));
    return parameters;
  }

  private static long midnight(long millis) {
    return millis - Math.floorMod(millis, 24 * 60 * MINUTE_MILLIS);
  }

  private static long minuteOf(String instant) {
    long millis = Instant.parse(instant).toEpochMilli();
    return millis - Math.floorMod(millis, MINUTE_MILLIS);
  }
}
