package io.tillwatch.standalone.demo;

import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Scenario;
import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.standalone.site.DataFolder;
import io.tillwatch.standalone.site.DurationOption;
import io.tillwatch.standalone.site.Ports;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tillwatch demo}: see an outage found, located, explained and paged; needs nothing
 * installed.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows Tillwatch at work: a broker, the topology and triage in this process, simulated"
          + " traffic, and an outage of one PSP in one region that starts by itself.",
      "Open the address it prints to watch. Without --for it runs until Ctrl-C, and incidents of"
          + " other kinds follow."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ran",
      "1:ran, and what was found is not what the scenario did",
      "2:wrong usage or input"
    })
public final class DemoCommand implements Callable<Integer> {

  private static final double SPEED_MAX = 1_000;

  /** Nothing in the last hour counts as settled; before it there must be something to judge. */
  private static final Duration HISTORY_MIN = Duration.ofHours(2);

  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      converter = DurationOption.class,
      paramLabel = "TIME",
      description =
          "How long live traffic goes on, real time, for example 3m (default: until Ctrl-C).")
  private @Nullable Duration length;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Everything simulated follows from it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--scenario",
      defaultValue = "demo",
      paramLabel = "FILE",
      description = "demo, incidents, quiet, traps, or a YAML file (default: ${DEFAULT-VALUE}).")
  private String scenario = "";

  @Option(
      names = "--speed",
      defaultValue = "20",
      description = "Simulated seconds per second of live traffic (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--history",
      defaultValue = "25h",
      converter = DurationOption.class,
      paramLabel = "TIME",
      description =
          "Simulated time loaded before live traffic, 2h or more (default: ${DEFAULT-VALUE}).")
  private Duration history = Duration.ZERO;

  @Option(
      names = "--rate",
      defaultValue = "" + World.AUTHS_PER_MINUTE,
      description =
          "Authorisations per simulated minute of a mean day (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--port",
      description =
          "HTTP port; 0 takes a free one (default: 8080, or a free one if that is taken).")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder to keep the data in; it must be empty (default: a temporary one,"
              + " removed at the end).")
  private @Nullable Path data;

  @Option(names = "--report", paramLabel = "FILE", description = "Write what was found as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    check(speed >= 1 && speed <= SPEED_MAX, "--speed is " + speed + ", expected 1 to " + SPEED_MAX);
    check(rate > 0 && rate <= 1_000_000, "--rate is " + rate + ", expected up to 1000000");
    check(
        port == null || (port >= 0 && port <= 65_535),
        "--port is " + port + ", expected 0 to 65535");
    check(length == null || length.isPositive(), "--for is " + length + ", expected more than 0");
    check(
        history.compareTo(HISTORY_MIN) >= 0,
        "--history is %d min, expected at least 2h".formatted(history.toMinutes()));
    ReportFile.check(report);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (StopSignal stop = StopSignal.install();
        DataFolder folder = data == null ? DataFolder.temporary() : DataFolder.empty(data)) {
      DemoSettings settings =
          new DemoSettings(
              seed, scenario(), history, rate, speed, length, folder.path(), Ports.choose(port));
      DemoReport result = new Demo(settings, out, stop.latch(), InstantSource.system()).run();
      if (report != null) {
        result.write(report);
        out.println("report: " + report);
      }
      return result.verdict().right() ? 0 : 1;
    } catch (CancellationException stopped) {
      out.println(stopped.getMessage());
      return 0;
    }
  }

  private Scenario scenario() {
    try {
      return Scenario.named(scenario);
    } catch (InvalidYaml e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--scenario '%s' cannot be read: %s".formatted(scenario, e.getMessage()));
    }
  }

  private void check(boolean fine, String message) {
    if (!fine) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
