package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code query suppressions}: what keeps people from being told, and what it swallowed. */
@Command(
    name = "suppressions",
    mixinStandardHelpOptions = true,
    description =
        "Silences and inhibitions in force or lately ended, and how many pages, tickets and"
            + " messages were not sent because of each.")
final class SuppressionsQuery implements Callable<Integer> {

  /** Incidents named on a line; the answer as JSON has more. */
  private static final int INCIDENTS_MAX = 5;

  @Spec private CommandSpec spec;
  @Mixin private Question question;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return question.ask("api/v1/suppressions", Map.of(), out, err, answer -> print(answer, out));
  }

  private static void print(JsonNode answer, PrintWriter out) {
    Table table = new Table("KIND", "NAME", "IN FORCE", "UNTIL", "NOT SENT", "INCIDENTS", "WHY");
    for (JsonNode each : answer.path("suppressions")) {
      table.row(
          Words.text(each.path("kind")),
          Words.text(each.path("name")),
          each.path("inForce").asBoolean() ? "yes" : "no",
          Words.text(each.path("until")),
          Words.count(each.path("swallowed")),
          incidents(each.path("incidents")),
          why(each));
    }
    table.print(out);
  }

  private static String incidents(JsonNode held) {
    StringJoiner ids = new StringJoiner(" ").setEmptyValue("-");
    for (int i = 0; i < held.size() && i < INCIDENTS_MAX; i++) {
      ids.add(Words.text(held.get(i).path("id")));
    }
    return held.size() > INCIDENTS_MAX
        ? "%s and %d more".formatted(ids, held.size() - INCIDENTS_MAX)
        : ids.toString();
  }

  private static String why(JsonNode suppression) {
    String author = suppression.path("author").asText("");
    String reason = Words.text(suppression.path("reason"));
    return author.isEmpty() ? reason : author + ": " + reason;
  }
}
