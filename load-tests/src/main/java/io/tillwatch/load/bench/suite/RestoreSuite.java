package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.machine.Usage;
import io.tillwatch.load.bench.product.Topology;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The topology has counted everything, is stopped, and its state folder is taken away: how long
 * until it answers again, with every event in its answer.
 */
public final class RestoreSuite {

  private static final String ID = "bench-restore";
  private static final long LOOK_MILLIS = 20;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Options options;
  private final PrintWriter out;

  /** A suite that tells people on the way. */
  public RestoreSuite(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** One restart: seconds until it answered, from its start and from when its port was open. */
  private record Restart(double fromStart, double fromPort, double cpu) {}

  /** Counts, restores as often as there are rounds, and compares. */
  public Outcome run() throws Exception {
    try (Course course = new Course(options, out)) {
      Input input = course.write(options.plan(course.cluster().topics().auth().name()));
      Path folder = Files.createDirectories(course.folder().resolve(ID));
      Topology.Setup setup = new Topology.Setup(course.cluster(), ID, folder, List.of());
      try (Topology topology = Topology.start(setup)) {
        Stored.awaitEnd(topology, course.cluster(), ID, input, committed -> {});
        topology.stop();
      }
      List<Restart> restarts = new ArrayList<>();
      for (int round = 1; round <= options.rounds(); round++) {
        course.cluster().awaitNoMembers(ID);
        delete(folder.resolve("state"));
        Restart restart = restart(setup, input);
        restarts.add(restart);
        course.say("restore %d: %.1f s%n", round, restart.fromPort);
      }
      Differences differences = Stored.compare(course.cluster(), ID, input);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("cells", differences.cells());
      figures.put("changelogMiB", course.cluster().bytes(ID, "-changelog") / (1 << 20));
      figures.put("restoreSeconds", Spread.of(restarts.stream().map(Restart::fromPort).toList()));
      figures.put(
          "startToAnswerSeconds", Spread.of(restarts.stream().map(Restart::fromStart).toList()));
      figures.put("cpuSeconds", Spread.of(restarts.stream().map(Restart::cpu).toList()));
      return new Outcome(differences.isNone(), figures);
    }
  }

  private Restart restart(Topology.Setup setup, Input input) throws Exception {
    String total =
        "/api/v1/cells?kind=auth&step=all&from=%s&to=%s"
            .formatted(
                Instant.ofEpochMilli(input.startMillis()), Instant.ofEpochMilli(input.endMillis()));
    long started = System.currentTimeMillis();
    try (Topology topology = Topology.start(setup)) {
      long listening = System.currentTimeMillis();
      long events = 0;
      while (events < options.events()) {
        Thread.sleep(LOOK_MILLIS);
        events =
            topology
                .get(total)
                .map(answer -> answer.path("cells").path(0).path("events").asLong())
                .orElse(0L);
      }
      long answered = System.currentTimeMillis();
      double cpu = Usage.cpuSeconds(topology.process().pid());
      topology.stop();
      return new Restart(
          (answered - started) / MILLIS_PER_SECOND,
          (answered - listening) / MILLIS_PER_SECOND,
          cpu);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
