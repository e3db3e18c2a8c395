package io.tillwatch.topology.command;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.topology.query.QueryServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topology}: counts, detects and localises on an existing cluster until it is stopped. */
@Command(
    name = "topology",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads payment events from Kafka, keeps the cube of success rates, finds what broke and"
          + " where, and answers queries over HTTP.",
      "",
      "Start it as often as there is work to share: instances with the same application id divide"
          + " the partitions, and each answers for all. It stops cleanly on SIGTERM."
    },
    footer = {
      "",
      "Settings come from the options, then TILLWATCH_… variables, then the file.",
      "examples/topology.yaml has every key with its default, unit and variable.",
      "",
      "Examples:",
      "  tillwatch topology --bootstrap-servers localhost:9092",
      "  tillwatch topology --config topology.yaml --port 0 --state-dir /tmp/second",
      "  curl localhost:8080/api/v1/worst",
      "",
      "Exit code: 0 stopped, 1 could not go on, 2 wrong settings."
    })
public final class TopologyCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(TopologyCommand.class);
  private static final int COULD_NOT_GO_ON = 1;

  /** What the HTTP server may take to end once the streams have. */
  private static final long STOP_SECONDS_MAX = 15;

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML, as examples/topology.yaml.")
  private @Nullable Path config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster, several with commas (default: localhost:9092).")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--host",
      description = "Address to listen at, 0.0.0.0 for all (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(names = "--port", description = "HTTP port, 0 for any free one (default: 8080).")
  private @Nullable String port;

  @Option(
      names = "--advertised-host",
      paramLabel = "HOST",
      description = "Where other instances reach this one (default: where it listens).")
  private @Nullable String advertisedHost;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where the stores are kept; each instance needs its own (default: data/topology).")
  private @Nullable String stateDir;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any other setting; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      InstantSource clock = InstantSource.system();
      Settings settings = Settings.load(config, System.getenv(), overrides());
      TopologySettings topology = TopologySettings.from(settings);
      HttpSettings http = HttpSettings.from(settings);
      KafkaConnection kafka = KafkaConnection.from(settings);
      ConfiguredSchemas schemas = ConfiguredSchemas.from(settings, clock);
      settings.verify();
      CompositeMeterRegistry metrics = new CompositeMeterRegistry();
      Topics topics = Topics.with(schemas.ids(), topology.paymentPartitions());
      topics.prepare();
      return run(
          new TopologyRole.Outset(topology, kafka, topics, schemas.readers(), clock, metrics),
          http,
          metrics);
    } catch (InvalidSettings wrong) {
      err.println(wrong.getMessage());
      return ExitCode.USAGE;
    } catch (IllegalStateException | KafkaException problem) {
      err.println(problem.getMessage());
      return COULD_NOT_GO_ON;
    }
  }

  private Map<String, String> overrides() {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    put(all, "kafka.bootstrap-servers", bootstrapServers);
    put(all, "topology.host", host);
    put(all, "topology.port", port);
    put(all, "topology.advertised-host", advertisedHost);
    put(all, "topology.state-dir", stateDir);
    return all;
  }

  private static void put(Map<String, String> all, String key, @Nullable String value) {
    if (value != null) {
      all.put(key, value);
    }
  }

  private int run(TopologyRole.Outset outset, HttpSettings http, CompositeMeterRegistry metrics)
      throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (TopologyRole role = new TopologyRole(outset);
        QueryServer server = QueryServer.start(http.host(), http.port(), role.beans(), metrics)) {
      role.start(http.advertisedHost(), server.port());
      onSignal(role, stopped);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("Topology at http://%s:%d/api/v1/cells%n", http.advertisedHost(), server.port());
      out.flush();
      role.awaitEnd();
      return role.hasFailed() ? COULD_NOT_GO_ON : ExitCode.OK;
    } finally {
      stopped.countDown();
    }
  }

  private static void onSignal(TopologyRole role, CountDownLatch stopped) {
    Runnable stop =
        () -> {
          role.close();
          try {
            if (!stopped.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
              LOG.warn("HTTP did not stop within {} s", STOP_SECONDS_MAX);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
  }
}
