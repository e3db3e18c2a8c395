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

/** {@code incident show}: what happened to one incident, who did it, and how long it took. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "What happened to it, oldest first, and how long it took.")
final class ShowIncident implements Callable<Integer> {

  private static final int MINUTE = 60;

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private Question question;

  @Parameters(paramLabel = "ID", description = "The incident, for example INC-3F9A12C4D07E.")
  private String id = "";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return question.ask(
        "api/v1/incidents/" + Instance.segment(id) + "/timeline",
        Map.of(),
        out,
        spec.commandLine().getErr(),
        answer -> print(answer, out));
  }

  private static void print(JsonNode answer, PrintWriter out) {
    out.printf(
        "%s  %s, %s, episode %s%n%s%n%n",
        Words.text(answer.path("id")),
        Words.text(answer.path("severity")),
        Words.text(answer.path("state")),
        Words.text(answer.path("episode")),
        Words.text(answer.path("title")));
    Table table = new Table("AT", "WHAT", "WHO", "");
    for (JsonNode moment : answer.path("moments")) {
      table.row(
          Words.text(moment.path("at")),
          Words.text(moment.path("what")),
          Words.text(moment.path("who")),
          Words.text(moment.path("text")));
    }
    table.print(out);
    figures(answer.path("figures"), out);
  }

  private static void figures(JsonNode figures, PrintWriter out) {
    out.printf(
        "%ndetected in %s; from then paged %s, acknowledged %s, mitigated %s, resolved %s%n",
        span(figures.path("secondsToDetect")),
        span(figures.path("secondsToPage")),
        span(figures.path("secondsToAcknowledge")),
        span(figures.path("secondsToMitigate")),
        span(figures.path("secondsToResolve")));
    out.printf(
        "%s approvals lost%s; ahead of the PSP's status page: %s%n",
        Words.count(figures.path("approvalsLost")),
        figures.path("last").asBoolean() ? "" : " so far",
        span(figures.path("leadOverStatusPageSeconds")));
  }

  private static String span(JsonNode seconds) {
    if (!seconds.isNumber()) {
      return "-";
    }
    long length = Math.abs(seconds.asLong());
    String sign = seconds.asLong() < 0 ? "-" : "";
    return length < MINUTE
        ? "%s%d s".formatted(sign, length)
        : "%s%d min %02d s".formatted(sign, length / MINUTE, length % MINUTE);
  }
}
