package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.input.InputWriter;
import io.tillwatch.load.bench.product.Topology;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The topology is killed again and again while it works through the input, each time at a seeded
 * number of committed records and a seeded moment after; now and then before it has got going. Each
 * time it starts anew on what it left. In the end no event is lost, doubled or in a wrong cell.
 */
public final class KillSuite {

  private static final double DUPLICATE_SHARE = .01;

  /** More than a commit interval: kills fall on every part of a transaction. */
  private static final int JITTER_MILLIS_MAX = 1_500;

  /** One life in so many is cut short while it starts and restores. */
  private static final int CUT_SHORT_EVERY = 5;

  private static final int CUT_SHORT_MILLIS_MAX = 3_000;

  /** A killed instance is missed sooner than in operation: that is no part of what is shown. */
  private static final List<String> SETTINGS =
      List.of(
          "kafka.client.session.timeout.ms: 3000",
          "kafka.client.main.consumer.session.timeout.ms: 3000",
          "kafka.client.heartbeat.interval.ms: 1000");

  private static final String ID = "bench-kill";

  private final Options options;
  private final int kills;
  private final PrintWriter out;

  /** A suite of so many kills. */
  public KillSuite(Options options, int kills, PrintWriter out) {
    this.options = options;
    this.kills = kills;
    this.out = out;
  }

  /** Kills, and compares. */
  public Outcome run() throws Exception {
    try (Course course = new Course(options, out)) {
      Input input =
          course.write(
              new InputWriter.Plan(
                  course.cluster().topics().auth().name(),
                  options.partitions(),
                  options.seed(),
                  options.events(),
                  options.eventsPerMinute(),
                  DUPLICATE_SHARE));
      Path folder = Files.createDirectories(course.folder().resolve(ID));
      SplittableRandom random = new SplittableRandom(options.seed());
      Topology.Setup setup = new Topology.Setup(course.cluster(), ID, folder, SETTINGS);
      for (int kill = 1; kill <= kills; kill++) {
        // Evenly dealt out with a share at random, so that every life has something to do.
        double share = (kill - random.nextDouble()) / (kills + 1);
        long at = (long) (share * input.records());
        long jitter = random.nextInt(JITTER_MILLIS_MAX);
        if (kill % CUT_SHORT_EVERY == 0) {
          at = 0;
          jitter = random.nextInt(CUT_SHORT_MILLIS_MAX);
        }
        long committed = live(setup, input, at, jitter);
        course.say("kill %d of %d at %,d records%n", kill, kills, committed);
      }
      try (Topology survivor = Topology.start(setup)) {
        Stored.awaitEnd(survivor, course.cluster(), ID, input, committed -> {});
        survivor.stop();
      }
      return outcome(input, Stored.compare(course.cluster(), ID, input));
    }
  }

  private static long live(Topology.Setup setup, Input input, long records, long jitterMillis)
      throws Exception {
    try (Topology topology = Topology.start(setup)) {
      Stored.awaitCommitted(
          topology, setup.cluster(), setup.applicationId(), input, records, committed -> {});
      Thread.sleep(jitterMillis);
      topology.process().kill();
    }
    return setup.cluster().committed(setup.applicationId(), input.topic());
  }

  private Outcome outcome(Input input, Differences differences) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("kills", kills);
    figures.put("records", input.records());
    figures.put("duplicates", input.records() - input.events());
    figures.put("cells", differences.cells());
    figures.put("lostEvents", differences.lostEvents());
    figures.put("doubledEvents", differences.doubledEvents());
    figures.put("wrongCells", differences.wrong() + differences.missing());
    figures.put("doubledCells", differences.doubled() + differences.unexpected());
    if (differences.first() != null) {
      figures.put("first", differences.first());
    }
    return new Outcome(differences.isNone(), figures);
  }
}
