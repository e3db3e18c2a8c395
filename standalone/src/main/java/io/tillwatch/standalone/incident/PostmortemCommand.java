package io.tillwatch.standalone.incident;

import io.tillwatch.standalone.query.Instance;
import io.tillwatch.standalone.site.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code incident postmortem}: the draft, as Markdown. */
@Command(
    name = "postmortem",
    mixinStandardHelpOptions = true,
    description = "The draft of a postmortem from its record, as Markdown.")
final class PostmortemCommand extends Instance implements Callable<Integer> {

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The incident, for example INC-3F9A12C4D07E.")
  private String id = "";

  @Option(names = "--report", paramLabel = "FILE", description = "Write it there.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException {
    ReportFile.check(report);
    PrintWriter out = spec.commandLine().getOut();
    try {
      String draft = fetch("api/v1/incidents/" + segment(id) + "/postmortem", Map.of());
      if (report == null) {
        out.print(draft);
      } else {
        Files.writeString(report, draft);
        out.println("postmortem: " + report);
      }
      out.flush();
      return 0;
    } catch (NoAnswer e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.exitCode();
    }
  }
}
