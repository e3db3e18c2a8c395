package io.tillwatch.standalone.site;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code tillwatch standalone}: a one-machine installation that keeps its data. */
@Command(
    name = "standalone",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a whole installation in this process: broker, topology, triage and HTTP, on this"
          + " machine's loopback interface.",
      "Everything it keeps is in one folder; started again, it goes on where it stopped."
    },
    footer = {
      "",
      "Send payment events to its broker, for example:",
      "  tillwatch standalone --data data/site",
      "  tillwatch simulate --bootstrap-servers localhost:9092",
      "",
      "Exit code: 0 stopped, 1 could not go on, 2 wrong usage or input."
    })
public final class StandaloneCommand implements Callable<Integer> {

  private static final int KAFKA_PORT_DEFAULT = 9092;

  @Option(
      names = "--data",
      defaultValue = "data/site",
      paramLabel = "DIR",
      description = "Folder that everything is kept in (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(names = "--port", description = "HTTP port, 0 for any free one (default: 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--kafka-port",
      defaultValue = "" + KAFKA_PORT_DEFAULT,
      description = "Port of its broker, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int kafkaPort;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of topology and triage in YAML, as examples/*.yaml.")
  private @Nullable Path config;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (StopSignal stop = StopSignal.install();
        DataFolder folder = DataFolder.kept(data);
        Site site = Site.start(settings(folder.path(), out), stop.latch())) {
      out.printf("Tillwatch at %s%n", site.url());
      out.printf("Kafka at %s, data in %s%n", site.connection().bootstrapServers(), folder.path());
      site.failed().whenComplete((nothing, failure) -> stop.latch().countDown());
      stop.latch().await();
      site.requireAlive();
      out.println("stopping ...");
      return ExitCode.OK;
    } catch (CancellationException stoppedWhileStarting) {
      return ExitCode.OK;
    }
  }

  private SiteSettings settings(Path folder, PrintStream out) {
    return new SiteSettings(
        folder,
        Ports.choose(port),
        kafkaPort == 0 ? 0 : Ports.choose(kafkaPort),
        InstantSource.system(),
        config,
        overrides,
        out::print);
  }
}
