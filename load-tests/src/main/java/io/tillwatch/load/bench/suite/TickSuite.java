package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.input.InputWriter;
import io.tillwatch.load.bench.product.Cluster;
import io.tillwatch.load.bench.product.Topology;
import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How far the cube is behind the clock while events flow in at a steady rate, each stamped with the
 * time it is sent: the lag of the watermark, and for each minute the time from its end to its
 * closing.
 */
public final class TickSuite {

  private static final String ID = "bench-tick";
  private static final long LOOK_MILLIS = 20;

  /** The topology's default: so long after its end a minute may close at the earliest. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Writing goes on until the last minute has been closed, and sealed a minute later. */
  private static final Duration SEALED_AFTER = Duration.ofSeconds(150);

  /** Until code is compiled and what piled up at the start is worked off. */
  private static final Duration WARM = Duration.ofSeconds(30);

  private final Options options;
  private final int minutes;
  private final PrintWriter out;
  private final Quantiles lag = new Quantiles();
  private final Quantiles closing = new Quantiles();

  /** A suite of so many minutes. */
  public TickSuite(Options options, int minutes, PrintWriter out) {
    this.options = options;
    this.minutes = minutes;
    this.out = out;
  }

  /** Sends and looks, and compares in the end. */
  public Outcome run() throws Exception {
    try (Course course = new Course(options, out);
        InputWriter writer =
            new InputWriter(
                course.cluster().bootstrapServers(), course.cluster().topics(), options.size())) {
      Cluster cluster = course.cluster();
      writer.writeBinRanges();
      Path folder = Files.createDirectories(course.folder().resolve(ID));
      try (Topology topology = Topology.start(new Topology.Setup(cluster, ID, folder, List.of()))) {
        long endMillis =
            CellKey.minuteOf(System.currentTimeMillis()) + (minutes + 1) * CellKey.MINUTE_MILLIS;
        CompletableFuture<Input> sending =
            CompletableFuture.supplyAsync(() ->
                writer.writeLive(
                    options.plan(cluster.topics().auth().name()),
                    endMillis,
                    endMillis + SEALED_AFTER.toMillis()));
        look(topology, endMillis + GRACE.toMillis());
        Input input = sending.get();
        Stored.awaitSealed(topology, cluster, ID, () -> {});
        topology.stop();
        Differences differences = Stored.compare(cluster, ID, input);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("eventsPerSecond", options.eventsPerMinute() / 60);
        figures.put("events", input.events());
        lag.putTo(figures, "watermarkLag");
        closing.putTo(figures, "closingAfterGrace");
        return new Outcome(differences.isNone(), figures);
      }
    }
  }

  /** Looks at the watermark until it has reached the end. */
  private void look(Topology topology, long endMillis) throws InterruptedException {
    long counted = System.currentTimeMillis() + WARM.toMillis();
    long nextClosing = CellKey.minuteOf(counted) + CellKey.MINUTE_MILLIS + GRACE.toMillis();
    long reached = 0;
    while (reached < endMillis) {
      Thread.sleep(LOOK_MILLIS);
      Instant watermark = topology.watermark();
      long now = System.currentTimeMillis();
      reached = watermark.toEpochMilli();
      if (now > counted) {
        lag.add(now - reached);
        while (reached >= nextClosing) {
          closing.add(now - nextClosing);
          nextClosing += CellKey.MINUTE_MILLIS;
        }
      }
    }
  }
}
