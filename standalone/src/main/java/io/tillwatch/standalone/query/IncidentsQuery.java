package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code query incidents}: the open ones, all, or one with its log. */
@Command(
    name = "incidents",
    mixinStandardHelpOptions = true,
    description = "Open incidents; with an id, that incident's log.")
final class IncidentsQuery implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Question question;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "One incident, for example INC-3F9A12C4D07E.")
  private @Nullable String id;

  @Option(names = "--all", description = "Also resolved ones.")
  private boolean all;

  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "Lines at the most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (id != null) {
      return question.ask(
          "api/v1/incidents/" + Instance.segment(id) + "/log",
          Map.of(),
          out,
          err,
          answer -> printLog(answer, out));
    }
    Map<String, String> parameters =
        Map.of("state", all ? "all" : "open", "limit", Integer.toString(limit));
    return question.ask("api/v1/incidents", parameters, out, err, answer -> print(answer, out));
  }

  private static void print(JsonNode answer, PrintWriter out) {
    Table table = new Table("ID", "SEVERITY", "STATE", "STARTED", "LOST", "TITLE");
    for (JsonNode incident : answer.path("incidents")) {
      table.row(
          Words.text(incident.path("id")),
          Words.text(incident.path("severity")),
          Words.text(incident.path("state")),
          Words.text(incident.path("startedAt")),
          Words.count(incident.path("approvalsLost")),
          Words.text(incident.path("title")));
    }
    if (table.isEmpty()) {
      out.println("no incidents");
    } else {
      table.print(out);
    }
  }

  private static void printLog(JsonNode answer, PrintWriter out) {
    Table table = new Table("AT", "EVENT", "TEXT");
    for (JsonNode entry : answer.path("entries")) {
      table.row(
          Words.text(entry.path("at")),
          Words.text(entry.path("event")),
          Words.text(entry.path("text")));
    }
    table.print(out);
  }
}
