package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code query cells}: what was counted, for a slice, over a range of event time. */
@Command(
    name = "cells",
    mixinStandardHelpOptions = true,
    description = "Counts, success rates and latency of a slice, by minute or added up.",
    footer = {
      "",
      "Examples:",
      "  tillwatch query cells psp=northpay region=eu-west",
      "  tillwatch query cells --by psp,issuerCountry --step all --from 2019-01-01T00:00:00Z"
    })
final class CellsQuery implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Question question;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIMENSION=VALUE",
      description =
          "The slice: psp, binRange, region, method, scheme, issuerCountry, merchantAccount,"
              + " connectorVersion, threeDs. What is not named is rolled up.")
  private Map<String, String> slice = new LinkedHashMap<>();

  @Option(
      names = "--kind",
      defaultValue = "auth",
      description =
          "auth, capture, refund, webhook, settlement or dispute (default: ${DEFAULT-VALUE}).")
  private String kind = "";

  @Option(
      names = "--by",
      description = "One line per value of these dimensions, separated by commas.")
  private @Nullable String by;

  @Option(
      names = "--from",
      description =
          "Start: ISO-8601, epoch milliseconds or relative to now, as -15m"
              + " (default: 15 minutes back).")
  private @Nullable String from;

  @Option(names = "--to", description = "End, exclusive (default: now, in event time).")
  private @Nullable String to;

  @Option(
      names = "--step",
      defaultValue = "all",
      description = "1m, 5m, 1h, 1d or all (default: ${DEFAULT-VALUE}).")
  private String step = "";

  @Option(names = "--limit", description = "Lines at the most.")
  private @Nullable Integer limit;

  @Override
  public Integer call() {
    Map<String, String> parameters = new LinkedHashMap<>(slice);
    parameters.put("kind", kind);
    parameters.put("step", step);
    put(parameters, "by", by);
    put(parameters, "from", from);
    put(parameters, "to", to);
    put(parameters, "limit", limit == null ? null : limit.toString());
    PrintWriter out = spec.commandLine().getOut();
    return question.ask(
        "api/v1/cells", parameters, out, spec.commandLine().getErr(), answer -> print(answer, out));
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }

  private void print(JsonNode answer, PrintWriter out) {
    Table table = new Table("AT", "SLICE", "EVENTS", "SUCCESS", "TECHNICAL", "P50 MS", "P95 MS");
    for (JsonNode cell : answer.path("cells")) {
      table.row(
          Words.text(cell.path("at")),
          Words.slice(cell.path("slice")),
          Words.count(cell.path("events")),
          Words.percent(cell.path("successRate")),
          Words.percent(cell.path("technicalSuccessRate")),
          Words.count(cell.path("latencyMillis").path("p50")),
          Words.count(cell.path("latencyMillis").path("p95")));
    }
    if (table.isEmpty()) {
      out.println(
          "nothing was counted for %s between %s and %s"
              .formatted(
                  Words.slice(answer.path("slice")),
                  Words.text(answer.path("from")),
                  Words.text(answer.path("to"))));
    } else {
      table.print(out);
    }
    out.println(footer(answer));
  }

  private static String footer(JsonNode answer) {
    String cut = answer.path("truncated").asBoolean() ? "; more was cut: raise --limit" : "";
    String open =
        answer.path("provisional").asBoolean() ? "; the newest minutes may still change" : "";
    return "as of %s%s%s%s"
        .formatted(Words.text(answer.path("staleness").path("watermark")), held(answer), open, cut);
  }

  /** Said only when it limits what was asked for. */
  private static String held(JsonNode answer) {
    String heldFrom = answer.path("heldFrom").asText();
    boolean isCut = answer.path("from").asText().compareTo(heldFrom) < 0;
    return isCut ? "; nothing is held of before %s".formatted(heldFrom) : "";
  }
}
