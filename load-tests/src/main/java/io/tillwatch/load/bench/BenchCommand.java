package io.tillwatch.load.bench;

import io.tillwatch.load.bench.input.MarketSize;
import io.tillwatch.load.bench.machine.Jvm;
import io.tillwatch.load.bench.machine.Machine;
import io.tillwatch.load.bench.report.CompareReport;
import io.tillwatch.load.bench.report.SuiteReport;
import io.tillwatch.load.bench.suite.CompareSuite;
import io.tillwatch.load.bench.suite.KillSuite;
import io.tillwatch.load.bench.suite.Lineup;
import io.tillwatch.load.bench.suite.Options;
import io.tillwatch.load.bench.suite.Outcome;
import io.tillwatch.load.bench.suite.QuerySuite;
import io.tillwatch.load.bench.suite.RestoreSuite;
import io.tillwatch.load.bench.suite.ScaleSuite;
import io.tillwatch.load.bench.suite.TickSuite;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tillwatch bench}: Tillwatch and others at the same work, measured and compared. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Tillwatch and others at the same work on the same input: CPU seconds, memory and"
          + " bytes per event, every result compared cell by cell with a plain recount.",
      "Starts a broker of its own and every contestant as a process of its own; what else runs on"
          + " the machine is shown, and should be little."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every result is right",
      "1:a result differs from the recount",
      "2:wrong usage or input"
    })
public final class BenchCommand implements Callable<Integer> {

  private static final int THREADS = 2;
  private static final long EVENTS_MIN = 1_000;
  private static final long EVENTS_MAX = 1_000_000_000;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--suite",
      converter = Suite.Converter.class,
      paramLabel = "NAME",
      description =
          "What is measured: compare, query, restore, tick, scale or kill (default:" + " compare).")
  private Suite suite = Suite.COMPARE;

  @Option(names = "--events", description = "Events of the input (default: 2000000 to compare).")
  private @Nullable Long events;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      description = "Who takes part (default: ${DEFAULT-VALUE}).")
  private List<String> peers = Lineup.defaults();

  @Option(
      names = "--rounds",
      description = "Laps of each, interleaved (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--kills",
      description = "How often the suite kill kills (default: ${DEFAULT-VALUE}).")
  private int kills = 20;

  @Option(names = "--seed", description = "The input follows from it (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--partitions",
      description = "Partitions of the payment topics (default: ${DEFAULT-VALUE}).")
  private int partitions = 4;

  @Option(
      names = "--minutes",
      description =
          "Event time the input spans (default: one per 200,000 events; tick 3, query 180).")
  private @Nullable Integer minutes;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where its files are while it runs (default: the system's temporary folder).")
  private Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  public Integer call() throws Exception {
    check(
        events() >= EVENTS_MIN && events() <= EVENTS_MAX,
        "--events is not 1000 to 10^9: " + events());
    check(rounds >= 1 && rounds <= 100, "--rounds is not 1 to 100: " + rounds);
    check(kills >= 0 && kills <= 1_000, "--kills is not 0 to 1000: " + kills);
    check(partitions >= 1 && partitions <= 64, "--partitions is not 1 to 64: " + partitions);
    check(minutes == null || minutes >= 1, "--minutes is less than 1: " + minutes);
    check(Files.isWritable(data), "--data: cannot write to " + data);
    check(Lineup.names().containsAll(peers), "--peers: expected some of " + Lineup.names());
    PrintWriter out = spec.commandLine().getOut();
    return suite == Suite.COMPARE ? compare(out) : measure(out);
  }

  private int compare(PrintWriter out) throws Exception {
    CompareReport done =
        CompareReport.of(
            Machine.here(),
            Machine.commit(),
            seed,
            events(),
            new CompareSuite(options(), out).run());
    done.print(out);
    if (report != null) {
      done.write(report);
    }
    return done.allEqual() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int measure(PrintWriter out) throws Exception {
    Outcome outcome =
        switch (suite) {
          case COMPARE -> throw new IllegalStateException("compare is no measurement of one");
          case KILL -> new KillSuite(options(), kills, out).run();
          case QUERY -> new QuerySuite(options(), Jvm.touchedHeap(), out).run();
          case RESTORE -> new RestoreSuite(options(), out).run();
          case SCALE -> new ScaleSuite(options(), out).run();
          case TICK -> new TickSuite(options(), minutes(), out).run();
        };
    SuiteReport done =
        new SuiteReport(
            suite.label(),
            Machine.here(),
            Machine.commit(),
            seed,
            outcome.right(),
            outcome.figures());
    done.print(out);
    if (report != null) {
      done.write(report);
    }
    return outcome.right() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Options options() {
    return new Options(
        events(),
        minutes == null ? suite.eventsPerMinute(events()) : Math.max(1, events() / minutes),
        peers,
        rounds,
        seed,
        partitions,
        MarketSize.USUAL,
        THREADS,
        data);
  }

  private long events() {
    return events == null ? suite.events() : events;
  }

  private int minutes() {
    return minutes == null ? suite.minutes() : minutes;
  }

  private void check(boolean fine, String message) {
    if (!fine) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
