package io.tillwatch.standalone.audit;

import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.standalone.site.ReportFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit export}: the log, and its heads, as files. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes the incident log into a file, one JSON object a line.")
final class ExportAudit implements Callable<Integer> {

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private LogTopics topics;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the log goes.")
  private Path out = Path.of("");

  @Option(names = "--heads", paramLabel = "FILE", description = "Where the published heads go.")
  private @Nullable Path heads;

  @Override
  public Integer call() throws IOException {
    ReportFile.check(out);
    ReportFile.check(heads);
    LogTopics.Cluster cluster = topics.open();
    long[] count = {0};
    try (BufferedWriter file = Files.newBufferedWriter(out)) {
      cluster.entries(placed -> {
        write(file, LogFiles.line(placed.entry()));
        count[0]++;
      });
    }
    PrintWriter screen = spec.commandLine().getOut();
    screen.printf("%d entries: %s%n", count[0], out);
    if (heads != null) {
      List<ChainHead> published = cluster.heads();
      Files.write(heads, published.stream().map(LogFiles::line).toList());
      screen.printf("%d heads: %s%n", published.size(), heads);
    }
    screen.flush();
    return 0;
  }

  private static void write(BufferedWriter file, String line) {
    try {
      file.write(line);
      file.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
