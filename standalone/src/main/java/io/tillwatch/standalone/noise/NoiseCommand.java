package io.tillwatch.standalone.noise;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tillwatch.load.bench.machine.Machine;
import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Scenario;
import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.standalone.site.DurationOption;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.standalone.text.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillwatch noise}: how much that is not as expected becomes how few incidents. */
@Command(
    name = "noise",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays scenarios through the detector and the incident desk that work in production, in"
          + " virtual time and one thread, and counts: minutes for which cells were not as"
          + " expected, anomalies as they are published, suspected causes, and how often people"
          + " were told of an incident; what of that which happened nobody was told of, what was"
          + " told twice, and what was told for nothing.",
      "The same seed gives the same figures. Kafka is not in it: demo --scenario is the same with"
          + " everything."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing missed, doubled or false",
      "1:something was",
      "2:wrong usage or input"
    },
    footer = {"", "Example:", "  tillwatch noise --scenario incidents --seed 1,2,3"})
public final class NoiseCommand implements Callable<Integer> {

  private static final Duration HISTORY_MIN = Duration.ofHours(2);
  private static final Duration LENGTH_MAX = Duration.ofDays(10);
  private static final double RATE_MAX = 10_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "incidents,demo,traps,quiet",
      description = "demo, incidents, quiet, traps, or YAML files (default: ${DEFAULT-VALUE}).")
  private List<String> scenarios = new ArrayList<>();

  @Option(
      names = "--seed",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Each of them is a world of its own (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--for",
      defaultValue = "16h",
      converter = DurationOption.class,
      paramLabel = "TIME",
      description =
          "Simulated time; what begins in it is played to its end (default: ${DEFAULT-VALUE}).")
  private Duration length = Duration.ZERO;

  @Option(
      names = "--history",
      defaultValue = "25h",
      converter = DurationOption.class,
      paramLabel = "TIME",
      description = "Simulated time before it, 2h or more (default: ${DEFAULT-VALUE}).")
  private Duration history = Duration.ZERO;

  @Option(
      names = "--rate",
      defaultValue = "" + World.AUTHS_PER_MINUTE,
      description =
          "Authorisations per simulated minute of a mean day (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "FILE",
      description = "A site's rules, laid over what is shipped.")
  private List<Path> rules = new ArrayList<>();

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(
        history.compareTo(HISTORY_MIN) >= 0,
        "--history is %d min, expected at least 2h".formatted(history.toMinutes()));
    check(
        length.isPositive() && length.compareTo(LENGTH_MAX) <= 0,
        "--for is %d min, expected up to 10d".formatted(length.toMinutes()));
    check(rate > 0 && rate <= RATE_MAX, "--rate is " + rate + ", expected up to 10000");
    ReportFile.check(report);
    RuleBook book = book();
    List<Scenario> chosen = scenarios.stream().map(NoiseCommand::scenario).toList();
    PrintWriter out = spec.commandLine().getOut();
    List<Play> plays = new ArrayList<>();
    for (Scenario scenario : chosen) {
      for (long seed : seeds) {
        Play play = Play.of(scenario, seed, book, new Play.Length(history, length, rate));
        out.printf("%s, seed %d%n", play.scenario(), play.seed());
        play.account().lines().forEach(line -> out.println("  " + line));
        out.flush();
        plays.add(play);
      }
    }
    out.println();
    table(plays).print(out);
    out.flush();
    write(plays);
    return plays.stream().allMatch(play -> play.account().right()) ? 0 : 1;
  }

  private static void check(boolean fine, String message) {
    if (!fine) {
      throw new WrongInput(message);
    }
  }

  private RuleBook book() {
    try {
      return rules.isEmpty() ? RuleBook.defaults() : RuleBook.load(rules);
    } catch (InvalidRules wrong) {
      throw new WrongInput(String.valueOf(wrong.problems().getFirst()));
    } catch (UncheckedIOException e) {
      throw new WrongInput("--rules: " + e.getMessage());
    }
  }

  private static Scenario scenario(String name) {
    try {
      return Scenario.named(name);
    } catch (InvalidYaml e) {
      throw new WrongInput(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new WrongInput("--scenario '%s' cannot be read: %s".formatted(name, e.getMessage()));
    }
  }

  private static Table table(List<Play> plays) {
    Table table =
        new Table(
            "SCENARIO",
            "SEED",
            "EVENTS",
            "CELL MINUTES",
            "ANOMALIES",
            "BURSTS",
            "INCIDENTS",
            "REDUCTION",
            "HAPPENED",
            "MISSED",
            "DOUBLED",
            "FALSE");
    for (Play play : plays) {
      row(table, play.scenario(), Long.toString(play.seed()), List.of(play));
    }
    row(table, "total", "", plays);
    return table;
  }

  private static void row(Table table, String name, String seed, List<Play> plays) {
    long anomalies = sum(plays, Play::anomalies);
    long incidents = sum(plays, Play::incidents);
    table.row(
        name,
        seed,
        String.format(Locale.ROOT, "%,d", sum(plays, Play::events)),
        Long.toString(sum(plays, Play::cellMinutes)),
        Long.toString(anomalies),
        Long.toString(sum(plays, Play::bursts)),
        Long.toString(incidents),
        String.format(Locale.ROOT, "%.1f %%", 100 * Play.reduction(anomalies, incidents)),
        Long.toString(sum(plays, play -> play.account().happened())),
        Long.toString(sum(plays, play -> play.account().missed())),
        Long.toString(sum(plays, play -> play.account().doubled())),
        Long.toString(sum(plays, play -> play.account().wrong())));
  }

  private static long sum(List<Play> plays, ToLongFunction<Play> of) {
    return plays.stream().mapToLong(of).sum();
  }

  private void write(List<Play> plays) throws IOException, InterruptedException {
    if (report == null) {
      return;
    }
    long anomalies = sum(plays, Play::anomalies);
    long incidents = sum(plays, Play::incidents);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("commit", Machine.commit());
    json.put("anomalies", anomalies);
    json.put("cellMinutes", sum(plays, Play::cellMinutes));
    json.put("incidents", incidents);
    json.put(
        "noiseReduction", Math.round(Play.reduction(anomalies, incidents) * 10_000) / 10_000.0);
    json.put("plays", plays.stream().map(Play::toMap).toList());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(report.toFile(), json);
  }
}
