package io.tillwatch.triage.command;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.TriageSettings;
import io.tillwatch.triage.act.RecordingNotifier;
import io.tillwatch.triage.api.TriageServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
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

/** {@code triage}: the triage role against an existing Kafka cluster, until it is stopped. */
@Command(
    name = "triage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Turns what the topology found into incidents, tells people, and serves incidents and the"
          + " first page over HTTP.",
      "",
      "Started more than once with the same application id, one instance works and the others"
          + " stand by; each serves. It stops cleanly on SIGTERM."
    },
    footer = {
      "",
      "Settings come from the options, then TILLWATCH_… variables, then the file.",
      "examples/triage.yaml has every key with its default, unit and variable.",
      "",
      "Examples:",
      "  tillwatch triage --bootstrap-servers localhost:9092",
      "  tillwatch triage --set triage.cells-url=http://localhost:8080",
      "  curl localhost:8081/api/v1/incidents?state=open",
      "",
      "Exit code: 0 stopped, 1 could not go on, 2 wrong settings or rules."
    })
public final class TriageCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(TriageCommand.class);
  private static final int COULD_NOT_GO_ON = 1;

  /** What a clean stop may take. */
  private static final long STOP_SECONDS_MAX = 45;

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML, as examples/triage.yaml.")
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

  @Option(names = "--port", description = "HTTP port, 0 for any free one (default: 8081).")
  private @Nullable String port;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where the store is kept; each instance needs its own (default: data/triage).")
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
      Settings settings = Settings.load(config, System.getenv(), overrides());
      TriageSettings triage = TriageSettings.from(settings);
      InstantSource clock = Clock.offset(Clock.systemUTC(), triage.clockBehind().negated());
      KafkaConnection kafka = KafkaConnection.from(settings);
      ConfiguredSchemas schemas = ConfiguredSchemas.from(settings, clock);
      settings.verify();
      Topics topics = Topics.with(schemas.ids(), 1);
      topics.prepare();
      CompositeMeterRegistry metrics = new CompositeMeterRegistry();
      RecordingNotifier console = new RecordingNotifier(this::print);
      return run(new TriageRole.Outset(triage, kafka, topics, clock, console, metrics), metrics);
    } catch (InvalidSettings | InvalidRules wrong) {
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
    put(all, "triage.host", host);
    put(all, "triage.port", port);
    put(all, "triage.state-dir", stateDir);
    return all;
  }

  private static void put(Map<String, String> all, String key, @Nullable String value) {
    if (value != null) {
      all.put(key, value);
    }
  }

  private int run(TriageRole.Outset outset, CompositeMeterRegistry metrics)
      throws InterruptedException {
    TriageSettings settings = outset.settings();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (TriageRole role = TriageRole.start(outset);
        TriageServer server =
            TriageServer.start(settings.host(), settings.port(), role.door(), metrics)) {
      onSignal(stop, stopped);
      print("Triage at http://%s:%d/%n".formatted(settings.host(), server.port()));
      role.failed().whenComplete((nothing, failure) -> stop.countDown());
      stop.await();
      return role.failed().isCompletedExceptionally() ? COULD_NOT_GO_ON : ExitCode.OK;
    } finally {
      stopped.countDown();
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  private static void onSignal(CountDownLatch stop, CountDownLatch stopped) {
    Runnable hook =
        () -> {
          stop.countDown();
          try {
            if (!stopped.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
              LOG.warn("Triage did not stop within {} s", STOP_SECONDS_MAX);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(hook, "stop"));
  }
}
