package io.tillwatch.standalone.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.standalone.query.Instance;
import io.tillwatch.standalone.query.Question;
import io.tillwatch.standalone.query.Words;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code incident show}: what happened to one incident, and who did it. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "What happened to it, oldest first.")
final class ShowIncident implements Callable<Integer> {

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private Question question;

  @Parameters(paramLabel = "ID", description = "The incident, for example INC-3F9A12C4.")
  private String id = "";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return question.ask(
        "api/v1/incidents/" + Instance.segment(id) + "/log",
        Map.of(),
        out,
        spec.commandLine().getErr(),
        answer -> print(answer, out));
  }

  private static void print(JsonNode answer, PrintWriter out) {
    Table table = new Table("AT", "WHO", "EVENT", "TEXT");
    for (JsonNode entry : answer.path("entries")) {
      table.row(
          Words.text(entry.path("at")),
          Words.text(entry.path("author")),
          Words.text(entry.path("event")),
          Words.text(entry.path("text")));
    }
    table.print(out);
  }
}
