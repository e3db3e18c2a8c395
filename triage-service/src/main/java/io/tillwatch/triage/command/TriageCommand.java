package io.tillwatch.triage.command;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code triage}: the triage role against an existing Kafka cluster, until it is stopped. */
@Command(
    name = "triage",
    mixinStandardHelpOptions = true,
    description = {
      "Turns bursts into incidents, pages, and serves incidents and the first page over HTTP.",
      "Every setting is in triage.yaml and has an environment variable."
    })
public final class TriageCommand implements Callable<Integer> {

  private static final int FOUND_A_PROBLEM = 1;

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings, as in triage.yaml.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; wins over the file and the environment.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Settings settings = Settings.load(config, System.getenv(), overrides);
      TriageSettings triage = TriageSettings.from(settings);
      KafkaConnection kafka = KafkaConnection.from(settings);
      Topics topics = Topics.with(ConfiguredSchemas.from(settings, InstantSource.system()).ids(), 1);
      settings.verify();
      return run(triage, kafka, topics, out);
    } catch (InvalidSettings | InvalidRules wrong) {
      err.println(wrong.getMessage());
      return ExitCode.USAGE;
    } catch (IllegalStateException | KafkaException problem) {
      err.println(problem.getMessage());
      return FOUND_A_PROBLEM;
    }
  }

  private static int run(
      TriageSettings settings, KafkaConnection kafka, Topics topics, PrintWriter out)
      throws InterruptedException {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "stop"));
    TriageRole.Outset outset =
        new TriageRole.Outset(
            settings,
            kafka,
            topics,
            InstantSource.system(),
            new RecordingNotifier(block -> print(out, block)),
            metrics);
    try (TriageRole role = TriageRole.start(outset);
        TriageServer server =
            TriageServer.start(settings.host(), settings.port(), role.door(), metrics)) {
      print(out, "Triage at http://%s:%d/%n".formatted(settings.host(), server.port()));
      role.failed().whenComplete((nothing, failure) -> stop.countDown());
      stop.await();
      return role.failed().isCompletedExceptionally() ? FOUND_A_PROBLEM : ExitCode.OK;
    } finally {
      stopped.countDown();
    }
  }

  private static void print(PrintWriter out, String text) {
    out.print(text);
    out.flush();
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
