package io.tillwatch.load.simulate;

import io.tillwatch.load.feed.Feed;
import io.tillwatch.load.feed.Progress;
import io.tillwatch.load.feed.SimulatedClock;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Scenario;
import io.tillwatch.load.scenario.Script;
import io.tillwatch.load.yaml.Durations;
import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.TopicCreator;
import io.tillwatch.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code tillwatch simulate}: traffic from a scenario into Kafka, or a labelled recording of cells
 * into a folder.
 */
@Command(
    name = "simulate",
    description = {
      "Feeds simulated traffic from a scenario into Kafka, with ground truth; or, with --cells,"
          + " writes a labelled recording for the back-test, without Kafka.",
      ""
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A recording is a tenant drawn from the seed (4 PSPs, 4 regions, 8 BINs, stable and canary)"
          + " and what happens to it, by minute: cells.csv, auth.csv.gz, latency.csv.gz,"
          + " declines.csv.gz, webhooks.csv.gz, labels.json. The same options give the same"
          + " texts on every machine.",
      "",
      "  tillwatch simulate --cells tenant-5 --seed 5",
      "  tillwatch backtest --cells tenant-5"
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final short BROKER_DEFAULT_REPLICATION = -1;
  private static final double SPEED_MAX = 100_000;

  /** How long the cluster may take to answer at all. */
  private static final int ANSWER_MILLIS_MAX = 15_000;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--bootstrap-servers",
      description = "The cluster, host:port (default: kafka.bootstrap-servers, localhost:9092).")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      description = "YAML file with the kafka settings: security and client properties.")
  private @Nullable Path config;

  @Option(
      names = "--scenario",
      description = "demo, incidents, quiet, traps, or a file (default: ${DEFAULT-VALUE}).")
  private String scenario = "demo";

  @Option(names = "--seed", description = "Everything follows from it (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--speed",
      description = "Simulated minutes per minute of live traffic (default: ${DEFAULT-VALUE}).")
  private double speed = 1;

  @Option(
      names = "--for",
      converter = DurationConverter.class,
      description = "How long live traffic goes on, real time (default: 10m).")
  private Duration length = Duration.ofMinutes(10);

  @Option(
      names = "--history",
      converter = DurationConverter.class,
      description = "Simulated time to fill in first, as fast as it goes (default: none).")
  private Duration history = Duration.ZERO;

  @Option(
      names = "--rate",
      description = "Authorisations per minute of a mean day (default: 200; with --cells 700).")
  private @Nullable Double rate;

  @Option(
      names = "--partitions",
      description = "Partitions of payment topics that must be made (default: ${DEFAULT-VALUE}).")
  private int partitions = 4;

  @Option(names = "--truth", description = "File to write what really happened to, as JSON.")
  private @Nullable Path truth;

  @ArgGroup(exclusive = false, heading = "%nA labelled recording of cells in place of Kafka:%n")
  private @Nullable CellsOptions cells;

  @Override
  public Integer call() throws Exception {
    if (cells != null) {
      return cells.run(seed, rate, spec);
    }
    checkOptions();
    KafkaConnection connection = connection();
    World world = World.draw(seed, checkedRate());
    Instant liveStart = liveStart(InstantSource.system().instant());
    Script script = script(world, liveStart);
    SimulatedClock clock = new SimulatedClock(liveStart, InstantSource.system());
    Topics topics = Topics.with(EmbeddedSchemaIds.load(), partitions);
    try {
      createTopics(connection, topics);
    } catch (KafkaException | ExecutionException e) {
      say("no cluster answers at %s: %s", connection.bootstrapServers(), rootMessage(e));
      return ExitCode.SOFTWARE;
    }
    Instant liveEnd = liveStart.plusMillis((long) (length.toMillis() * speed));
    try (Feed feed = Feed.to(connection, topics)) {
      Instant start = liveStart.minus(history);
      feed.publishBinRanges(world.binRanges(), start);
      Traffic traffic = new Traffic(world, script.disturbances(), start);
      if (history.isPositive()) {
        say("filling in history from %s", start);
        feed.backfill(traffic, clock, liveStart, this::showProgress);
      }
      say("live from %s until %s at %sx", liveStart, liveEnd, speed);
      clock.run(speed);
      feed.live(traffic, clock, liveEnd);
      feed.flush();
      say("%d records acknowledged", feed.acknowledged());
    }
    if (truth != null) {
      script.truth().before(liveEnd).write(truth);
    }
    return 0;
  }

  private double checkedRate() {
    double value = rate == null ? World.AUTHS_PER_MINUTE : rate;
    check(value > 0 && value <= 1_000_000, "--rate is " + value + ", expected up to 1000000");
    return value;
  }

  private void checkOptions() {
    check(speed >= 1 && speed <= SPEED_MAX, "--speed is " + speed + ", expected 1 to 100000");
    check(partitions > 0 && partitions <= 1_000, "--partitions is not 1 to 1000: " + partitions);
    check(length.isPositive(), "--for is " + length + ", expected more than 0");
    check(!history.isNegative(), "--history is " + history + ", expected 0 or more");
  }

  private void check(boolean fine, String message) {
    if (!fine) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** So far back that live traffic at this speed ends now or earlier, never in the future. */
  private Instant liveStart(Instant now) {
    return now.minusMillis((long) (length.toMillis() * (speed - 1)))
        .truncatedTo(ChronoUnit.MINUTES);
  }

  private Script script(World world, Instant liveStart) {
    try {
      return Scenario.named(scenario).script(world, liveStart);
    } catch (InvalidYaml e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--scenario '%s' cannot be read: %s".formatted(scenario, e));
    }
  }

  private KafkaConnection connection() {
    Map<String, String> overrides =
        bootstrapServers == null ? Map.of() : Map.of("kafka.bootstrap-servers", bootstrapServers);
    try {
      Settings settings = Settings.load(config, System.getenv(), overrides);
      KafkaConnection connection = KafkaConnection.from(settings);
      settings.verify();
      return connection;
    } catch (InvalidSettings e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** Makes the topics that are not there; those that are keep their partitions. */
  private static void createTopics(KafkaConnection connection, Topics topics)
      throws ExecutionException, InterruptedException {
    List<Topic<?, ?>> wanted = new ArrayList<>(topics.payments());
    wanted.addAll(List.of(topics.changes(), topics.status(), topics.binRanges()));
    try (Admin admin = Admin.create(connection.clientProperties())) {
      ListTopicsOptions patience = new ListTopicsOptions().timeoutMs(ANSWER_MILLIS_MAX);
      Set<String> existing = admin.listTopics(patience).names().get();
      List<String> names = wanted.stream().<String>map(Topic::name).toList();
      wanted.removeIf(topic -> existing.contains(topic.name()));
      TopicCreator.createMissing(admin, wanted, BROKER_DEFAULT_REPLICATION);
      TopicCreator.awaitLeaders(admin, names);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
  }

  private void showProgress(Progress progress) {
    say("%3.0f %%  %,d events, %s", 100 * progress.share(), progress.events(), progress.at());
  }

  private void say(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(String.format(Locale.ROOT, format, values));
    err.flush();
  }

  /** Reads {@code 90s}, {@code 10m}, {@code 1d}. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'%s' is no duration such as 90s, 10m, 2h or 1d".formatted(text)));
    }
  }
}
