package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code query worst}: the cells that fall short of their expectation most. */
@Command(
    name = "worst",
    mixinStandardHelpOptions = true,
    description = "The cells that fall short of their own baseline most, now.")
final class WorstQuery implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Question question;

  @Option(
      names = "--kind",
      defaultValue = "auth",
      description = "auth, capture, refund or webhook (default: ${DEFAULT-VALUE}).")
  private String kind = "";

  @Option(
      names = "--limit",
      defaultValue = "10",
      description = "Lines at the most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return question.ask(
        "api/v1/worst",
        Map.of("kind", kind, "limit", Integer.toString(limit)),
        out,
        spec.commandLine().getErr(),
        answer -> print(answer, out));
  }

  private static void print(JsonNode answer, PrintWriter out) {
    Table table = new Table("SLICE", "EVENTS", "OBSERVED", "EXPECTED", "LOST", "EVIDENCE");
    for (JsonNode cell : answer.path("cells")) {
      table.row(
          Words.slice(cell.path("slice")),
          Words.count(cell.path("events")),
          Words.percent(cell.path("observed")),
          Words.percent(cell.path("expected")),
          Words.decimal(cell.path("approvalsLost")),
          Words.decimal(cell.path("evidence")));
    }
    if (table.isEmpty()) {
      out.println("no cell falls short of its baseline");
    } else {
      table.print(out);
    }
  }
}
