package io.tillwatch.load.bench;

import io.tillwatch.load.bench.input.MarketSize;
import io.tillwatch.load.bench.suite.Options;
import io.tillwatch.load.bench.suite.QuerySuite;
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

/** {@code tillwatch train}: makes the cache with which later starts are warm. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes later starts faster: has the topology work through made-up traffic and answer"
          + " questions, and its JVM write down what it loaded and which code was hot.",
      "./tillwatch uses what is written from then on, until it builds anew. Takes two minutes and"
          + " 115 MB, starts a broker of its own, and leaves nothing else behind."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the cache is written",
      "1:the topology's result was wrong, or the JVM wrote no cache",
      "2:wrong usage"
    })
public final class TrainCommand implements Callable<Integer> {

  /** Beside the program, where the launcher looks. */
  private static final String NAME = "tillwatch.aot";

  private static final long EVENTS = 4_000_000;
  private static final long EVENTS_PER_MINUTE = 100_000;
  private static final int PARTITIONS = 4;
  private static final int THREADS = 2;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Where it is written (default: " + NAME + " beside the program).")
  private @Nullable Path to;

  @Option(names = "--events", description = "Events to work through (default: ${DEFAULT-VALUE}).")
  private long events = EVENTS;

  @Override
  public Integer call() throws Exception {
    Path cache = to == null ? besideTheProgram() : to.toAbsolutePath();
    if (events < EVENTS_PER_MINUTE) {
      throw new ParameterException(
          spec.commandLine(), "--events is less than %d: %d".formatted(EVENTS_PER_MINUTE, events));
    }
    Files.deleteIfExists(cache);
    PrintWriter out = spec.commandLine().getOut();
    boolean right =
        new QuerySuite(options(), List.of("-XX:AOTCacheOutput=" + cache), out).run().right();
    if (!right || !Files.exists(cache)) {
      Files.deleteIfExists(cache);
      spec.commandLine().getErr().println("train: the topology went wrong, or wrote no cache");
      return ExitCode.SOFTWARE;
    }
    out.printf("%s: %,d MB%n", cache, Files.size(cache) / 1_000_000);
    out.flush();
    return ExitCode.OK;
  }

  private Path besideTheProgram() {
    Path program = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    if (!Files.isRegularFile(program)) {
      throw new ParameterException(
          spec.commandLine(), "--to: expected a file, as the program is not a jar here");
    }
    return program.resolveSibling(NAME);
  }

  private Options options() {
    return new Options(
        events,
        EVENTS_PER_MINUTE,
        List.of(),
        1,
        1,
        PARTITIONS,
        MarketSize.USUAL,
        THREADS,
        Path.of(System.getProperty("java.io.tmpdir")));
  }
}
