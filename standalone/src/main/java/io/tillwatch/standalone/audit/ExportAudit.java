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
import java.util.function.Consumer;
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

  @Option(
      names = "--model-calls",
      paramLabel = "FILE",
      description = "Where the record of model calls goes.")
  private @Nullable Path modelCalls;

  @Override
  public Integer call() throws IOException {
    ReportFile.check(out);
    ReportFile.check(heads);
    ReportFile.check(modelCalls);
    LogTopics.Cluster cluster = topics.open();
    PrintWriter screen = spec.commandLine().getOut();
    long entries =
        lines(out, to -> cluster.entries(placed -> to.accept(LogFiles.line(placed.entry()))));
    screen.printf("%d entries: %s%n", entries, out);
    if (modelCalls != null) {
      long rows =
          lines(
              modelCalls,
              to -> cluster.calls((row, place, written) -> to.accept(CallFiles.line(row))));
      screen.printf("%d rows of model calls: %s%n", rows, modelCalls);
    }
    if (heads != null) {
      List<ChainHead> published = cluster.heads();
      Files.write(heads, published.stream().map(LogFiles::line).toList());
      screen.printf("%d heads: %s%n", published.size(), heads);
    }
    screen.flush();
    return 0;
  }

  /** Writes what is handed over, line by line; says how many there were. */
  private static long lines(Path target, Consumer<Consumer<String>> source) throws IOException {
    long[] count = {0};
    try (BufferedWriter file = Files.newBufferedWriter(target)) {
      source.accept(line -> {
        write(file, line);
        count[0]++;
      });
    }
    return count[0];
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
