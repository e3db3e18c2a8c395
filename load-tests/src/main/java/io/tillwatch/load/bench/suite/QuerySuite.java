package io.tillwatch.load.bench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.input.Market;
import io.tillwatch.load.bench.product.Cluster;
import io.tillwatch.load.bench.product.Topology;
import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import io.tillwatch.load.bench.recount.RollUp;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long somebody waits for one cell over the last hour, minute by minute, while the topology
 * works through its input as fast as it can: one question after the other, each for a cell of a
 * grouping drawn at random, over HTTP from another process.
 */
public final class QuerySuite {

  private static final String ID = "bench-query";
  private static final Duration RANGE = Duration.ofHours(1);

  /** Of the input, before waits are counted: code gets compiled, an hour gets filled. */
  private static final int WARM_PART = 3;

  private static final long LOOK_MILLIS = 100;
  private static final long PAUSE_MILLIS = 2;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Options options;
  private final List<String> flags;
  private final PrintWriter out;
  private final SplittableRandom random;
  private final Market market;
  private final Map<RollUp, Quantiles> waits = new EnumMap<>(RollUp.class);
  private final Quantiles all = new Quantiles();
  private Instant watermark = Instant.EPOCH;
  private long refused;

  /**
   * A suite that tells people on the way.
   *
   * @param flags further ones for the topology's JVM
   */
  public QuerySuite(Options options, List<String> flags, PrintWriter out) {
    this.options = options;
    this.flags = List.copyOf(flags);
    this.out = out;
    this.random = new SplittableRandom(options.seed());
    this.market = new Market(options.size());
    RollUp.ALL.forEach(rollUp -> waits.put(rollUp, new Quantiles()));
  }

  /** Asks under load, and compares in the end. */
  public Outcome run() throws Exception {
    try (Course course = new Course(options, out)) {
      Cluster cluster = course.cluster();
      Input input = course.write(options.plan(cluster.topics().auth().name()));
      Path folder = Files.createDirectories(course.folder().resolve(ID));
      Differences differences;
      Topology.Setup setup = new Topology.Setup(cluster, ID, folder, List.of());
      try (Topology topology = Topology.start(setup, flags)) {
        ask(topology, cluster, input);
        Stored.awaitEnd(topology, cluster, ID, input, committed -> {});
        topology.stop();
        differences = Stored.compare(cluster, ID, input);
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("events", options.events());
      figures.put("liveCellsPerMinute", options.cellsPerMinute(input));
      all.putTo(figures, "query");
      waits.forEach((rollUp, quantiles) ->
          figures.put(rollUp.name().toLowerCase(Locale.ROOT) + "P99Millis", quantiles.at(.99)));
      figures.put("refused", refused);
      return new Outcome(differences.isNone() && all.size() > 0, figures);
    }
  }

  private void ask(Topology topology, Cluster cluster, Input input) throws Exception {
    AtomicLong committed = new AtomicLong();
    Thread looking = Thread.ofPlatform().daemon().start(() -> look(cluster, input, committed));
    while (committed.get() < input.records() && looking.isAlive()) {
      RollUp rollUp = RollUp.ALL.get(random.nextInt(RollUp.ALL.size()));
      String question = question(rollUp, input);
      long asked = System.nanoTime();
      boolean answered = topology.get(question).map(this::take).isPresent();
      double waited = (System.nanoTime() - asked) / NANOS_PER_MILLI;
      if (committed.get() > input.records() / WARM_PART) {
        if (answered) {
          all.add(waited);
          Optional.ofNullable(waits.get(rollUp)).ifPresent(q -> q.add(waited));
        } else {
          refused++;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private boolean take(JsonNode answer) {
    String reached = answer.path("staleness").path("watermark").asText("");
    if (!reached.isEmpty() && !reached.equals("null")) {
      watermark = Instant.parse(reached);
    }
    return true;
  }

  private String question(RollUp rollUp, Input input) {
    CellKey cell =
        rollUp.cell(
            0,
            market.psp(random),
            market.bin(random).range().getId(),
            market.region(random).name());
    Instant start = Instant.ofEpochMilli(input.startMillis());
    Instant to = watermark.isBefore(start) ? start.plus(RANGE) : watermark;
    Instant from = to.minus(RANGE);
    StringBuilder question =
        new StringBuilder("/api/v1/cells?kind=auth&step=1m&from=%s&to=%s".formatted(from, to));
    if (!cell.psp().isEmpty()) {
      question.append("&psp=").append(cell.psp());
    }
    if (!cell.bin().isEmpty()) {
      question.append("&binRange=").append(cell.bin());
    }
    if (!cell.region().isEmpty()) {
      question.append("&region=").append(cell.region());
    }
    return question.toString();
  }

  private static void look(Cluster cluster, Input input, AtomicLong committed) {
    try {
      while (committed.get() < input.records()) {
        committed.set(cluster.committed(ID, input.topic()));
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
