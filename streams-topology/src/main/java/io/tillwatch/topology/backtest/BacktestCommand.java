package io.tillwatch.topology.backtest;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.topology.detect.WatchPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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
          + " Where they are there, latency.csv (minute,DIMENSION,...,n,p50_ms,p90_ms),"
          + " declines.csv (minute,DIMENSION,...,CODE,...) and webhooks.csv (minute,psp,received)"
          + " are watched as well, each also as .gz."
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

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "FILES",
      description =
          "Rule files in place of the shipped sensitivity: false-alarm-every and failures-min of"
              + " the watch of auth's success_rate.")
  private final List<Path> rules = new ArrayList<>();

  @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      description =
          "Draw each event, and each incident that belongs to none, as SVG, with an index.html.")
  private @Nullable Path plot;

  private @Nullable Plots plots;

  /** What is written. */
  record Report(
      List<FoundIncident> incidents, int minutes, double cpuMicrosPerTick, @Nullable Score score) {}

  @Override
  public Integer call() {
    Report told = run();
    new BacktestText(spec.commandLine().getOut()).print(told);
    int code = ReportFile.write(report, told, spec);
    return plots != null && plot != null ? Math.max(code, draw(plots, plot)) : code;
  }

  private int draw(Plots pictures, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      int drawn = pictures.write(folder, String.valueOf(cells.toAbsolutePath().getFileName()));
      String left = pictures.left() == 0 ? "" : ", %,d more not drawn".formatted(pictures.left());
      out.printf("%,d pictures%s: %s%n", drawn, left, folder.resolve("index.html"));
      return ExitCode.OK;
    } catch (IOException e) {
      spec.commandLine().getErr().printf("%s: %s%n", spec.name(), e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private Report run() {
    if (!Files.isDirectory(cells)) {
      throw wrong("--cells: %s is no folder".formatted(cells));
    }
    try {
      Recording recording = new Recording(cells);
      Optional<Labels> labels = recording.labels();
      Places places =
          labels.isPresent() ? new Places(recording, labels.get().warmUpMinutes()) : null;
      if (plot != null) {
        makeFolder(plot);
        plots = new Plots(recording, places == null ? null : new Judgement(labels.get(), places));
      }
      PrintWriter err = spec.commandLine().getErr();
      Backtest.Outcome outcome =
          Backtest.run(
              recording,
              plan(),
              plots == null ? Onlooker.NOBODY : plots,
              minute -> {
                if (minute % MINUTES_PER_DAY == 0) {
                  err.printf("day %d ...%n", minute / MINUTES_PER_DAY + 1);
                  err.flush();
                }
              });
      Score score = null;
      if (places != null) {
        score = Score.of(outcome.incidents(), labels.get(), places);
      }
      return new Report(outcome.incidents(), outcome.minutes(), outcome.cpuMicrosPerTick(), score);
    } catch (IOException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private WatchPlan plan() {
    try {
      return WatchPlan.under(RuleBook.load(rules));
    } catch (InvalidRules | UncheckedIOException e) {
      throw wrong("--rules: " + e.getMessage());
    }
  }

  private void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw wrong("--plot: %s is no folder, and cannot be made one".formatted(folder));
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
