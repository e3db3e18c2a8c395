package io.tillwatch.topology.backtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code localise}: the localiser alone, over a folder of cases. */
@Command(
    name = "localise",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Names the smallest set of cells that explains each case below a folder: tables of leaves"
          + " with what was forecast and what came. With injection_info.csv beside them it scores"
          + " the answers: exact sets, precision, recall, F1, CPU time per case.",
      "",
      "A case is NAME.csv for an amount, or NAME.a.csv over NAME.b.csv for a rate, with a column"
          + " for each dimension, real and predict."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it ran to the end",
      "1:a file could not be written",
      "2:wrong usage or input"
    })
public final class LocaliseCommand implements Callable<Integer> {

  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * So often the first case of rates and that of amounts is done before it is timed, or it would
   * time the compiler.
   */
  private static final int WARM_UPS_MAX = 500;

  /** No warm-up begins later than this. */
  private static final long WARM_UP_NANOS = 1_000_000_000;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--cases", required = true, paramLabel = "DIR", description = "The cases.")
  private Path cases;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
  private @Nullable Path report;

  /**
   * One case.
   *
   * @param rootCauses strongest first
   * @param millis that naming them took, CPU of the one thread
   */
  record Answer(String name, List<String> rootCauses, double millis) {}

  /** What is written. */
  record Report(List<Map<String, Object>> cases, Map<String, CaseScore> score) {}

  @Override
  public Integer call() {
    if (!Files.isDirectory(cases)) {
      throw new ParameterException(spec.commandLine(), "--cases: %s is no folder".formatted(cases));
    }
    List<Answer> answers;
    Map<String, CaseScore> score;
    try {
      Path folder = cases.toRealPath();
      answers = answers(folder);
      score = CaseScore.of(answers, folder);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    print(answers, score);
    return ReportFile.write(report, report(answers, score), spec);
  }

  private List<Answer> answers(Path folder) throws IOException {
    List<Answer> answers = new ArrayList<>();
    CaseLocaliser localiser = new CaseLocaliser();
    Set<Boolean> isWarmForRates = new HashSet<>();
    for (Path file : RcaCase.filesBelow(folder)) {
      RcaCase one = RcaCase.read(folder, file);
      if (isWarmForRates.add(one.bottom() != null)) {
        warmUp(one);
      }
      long before = cpuNanos();
      List<String> causes = localiser.causes(one);
      answers.add(new Answer(one.name(), causes, (cpuNanos() - before) / NANOS_PER_MILLI));
    }
    if (answers.isEmpty()) {
      throw new IOException("%s: no case below it, expected NAME.csv".formatted(folder));
    }
    return answers;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void warmUp(RcaCase one) {
    long start = cpuNanos();
    for (int i = 0; i < WARM_UPS_MAX && cpuNanos() - start < WARM_UP_NANOS; i++) {
      new CaseLocaliser().causes(one);
    }
  }

  private void print(List<Answer> answers, Map<String, CaseScore> score) {
    PrintWriter out = spec.commandLine().getOut();
    if (score.isEmpty()) {
      answers.forEach(a -> out.printf("%s: %s%n", a.name, BacktestText.cells(a.rootCauses)));
    }
    score.forEach((set, of) ->
        out.printf(
            Locale.ROOT,
            "%-8s %4d cases: F1 %.3f, precision %.3f, recall %.3f, exact %.3f,"
                + " median %s ms of CPU%n",
            set,
            of.cases(),
            of.f1(),
            of.precision(),
            of.recall(),
            of.exact(),
            millis(of.millisMedian())));
    out.flush();
  }

  private static String millis(@Nullable Double median) {
    return median == null ? "-" : String.format(Locale.ROOT, "%.2f", median);
  }

  private static Report report(List<Answer> answers, Map<String, CaseScore> score) {
    List<Map<String, Object>> told =
        answers.stream()
            .map(a ->
                Map.<String, Object>of(
                    "case", a.name, "rootCauses", a.rootCauses, "millis", a.millis))
            .toList();
    return new Report(told, score);
  }
}
