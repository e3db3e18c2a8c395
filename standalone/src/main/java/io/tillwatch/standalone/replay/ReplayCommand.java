package io.tillwatch.standalone.replay;

import io.tillwatch.load.replay.Mapping;
import io.tillwatch.standalone.site.DataFolder;
import io.tillwatch.standalone.site.Ports;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tillwatch replay}: history from a file through the real pipeline. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends history from a CSV, JSON lines or Avro file through the real pipeline, in event time,"
          + " and compares the cube with a plain recount of the file.",
      "Run again on the same data folder, every event is a duplicate and nothing changes."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the cube holds exactly what the file says",
      "1:it does not, or rows were bad",
      "2:wrong usage or input"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final double SPEED_MAX = 1e9;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The history.")
  private Path file = Path.of("");

  @Option(
      names = "--mapping",
      required = true,
      paramLabel = "FILE",
      description = "Which column is which field, as YAML; see examples/.")
  private Path mapping = Path.of("");

  @Option(
      names = "--data",
      defaultValue = "data/replay",
      paramLabel = "DIR",
      description = "Folder that keeps topics and cells (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--port",
      description =
          "HTTP port; 0 takes a free one (default: 8080, or a free one if that is taken).")
  private @Nullable Integer port;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "Seconds of event time per second (default: as fast as it goes).")
  private @Nullable Double speed;

  @Option(names = "--serve", description = "Keep answering queries afterwards, until Ctrl-C.")
  private boolean serve;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    check(Files.isReadable(file), "cannot read %s".formatted(file));
    check(Files.isReadable(mapping), "--mapping: cannot read %s".formatted(mapping));
    check(
        speed == null || (speed > 0 && speed <= SPEED_MAX),
        "--speed is %s, expected more than 0".formatted(speed));
    ReportFile.check(report);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (StopSignal stop = StopSignal.install();
        DataFolder folder = DataFolder.kept(data)) {
      Replay replay =
          new Replay(
              file, readMapping(), folder.path(), Ports.choose(port), speed, out, stop.latch());
      ReplayReport result =
          replay.run((done, url) -> {
            write(done, out);
            if (serve) {
              awaitStop(url, out, stop);
            }
          });
      return result.equal() && result.rows().badRows() == 0 ? 0 : 1;
    }
  }

  private void write(ReplayReport done, PrintStream out) throws IOException {
    if (report != null) {
      done.write(report);
      out.println("report: " + report);
    }
  }

  private static void awaitStop(String url, PrintStream out, StopSignal stop)
      throws InterruptedException {
    out.println("answering at " + url + " until Ctrl-C");
    stop.latch().await();
  }

  private Mapping readMapping() {
    try {
      return Mapping.read(mapping);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--mapping: cannot read %s: %s".formatted(mapping, e.getMessage()));
    }
  }

  private void check(boolean fine, String message) {
    if (!fine) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
