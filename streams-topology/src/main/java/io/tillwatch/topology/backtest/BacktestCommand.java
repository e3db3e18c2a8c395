package io.tillwatch.topology.backtest;

import io.tillwatch.topology.detect.WatchSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backtest}: the detector over recorded cells. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the detector over recorded cells, minute by minute, with nothing known of what comes"
          + " later, and tells what it would have reported. With labels beside the cells it scores"
          + " that: found, missed, how fast, false alarms, cells named.",
      "",
      "A recording is a folder: cells.csv names the leaves (cell,DIMENSION,...), auth.csv or"
          + " auth.csv.gz has their counts (minute,cell,n,ok), labels.json what really happened."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it ran to the end",
      "1:a file could not be written",
      "2:wrong usage or input"
    })
public final class BacktestCommand implements Callable<Integer> {

  private static final int MINUTES_PER_DAY = 1_440;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--cells", required = true, paramLabel = "DIR", description = "The recording.")
  private Path cells;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
  private @Nullable Path report;

  /** What is written. */
  record Report(
      List<FoundIncident> incidents, int minutes, double cpuMicrosPerTick, @Nullable Score score) {}

  @Override
  public Integer call() {
    Report told = run();
    new BacktestText(spec.commandLine().getOut()).print(told);
    return ReportFile.write(report, told, spec);
  }

  private Report run() {
    if (!Files.isDirectory(cells)) {
      throw wrong("--cells: %s is no folder".formatted(cells));
    }
    try {
      Recording recording = new Recording(cells);
      Optional<Labels> labels = recording.labels();
      PrintWriter err = spec.commandLine().getErr();
      Backtest.Outcome outcome =
          Backtest.run(
              recording,
              WatchSettings.DEFAULT,
              minute -> {
                if (minute % MINUTES_PER_DAY == 0) {
                  err.printf("day %d ...%n", minute / MINUTES_PER_DAY + 1);
                  err.flush();
                }
              });
      Score score = null;
      if (labels.isPresent()) {
        Places places = new Places(recording, labels.get().warmUpMinutes());
        score = Score.of(outcome.incidents(), labels.get(), places);
      }
      return new Report(outcome.incidents(), outcome.minutes(), outcome.cpuMicrosPerTick(), score);
    } catch (IOException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
