package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.input.MarketSize;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an event costs when more cells are live, and when the topic has more partitions: the
 * topology and the limit beside each other on inputs that differ in one thing.
 */
public final class ScaleSuite {

  private static final List<String> PEERS = List.of("limit", "tillwatch");
  private static final List<Integer> PARTITIONS = List.of(1, 2, 4, 8);

  private final Options options;
  private final PrintWriter out;
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private boolean right = true;

  /** A suite that tells people on the way. */
  public ScaleSuite(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** One input after the other. */
  public Outcome run() throws Exception {
    for (MarketSize size : MarketSize.STEPS) {
      step(options.with(size, options.partitions()));
    }
    for (int partitions : PARTITIONS) {
      step(options.with(options.size(), partitions));
    }
    return new Outcome(right, figures);
  }

  private void step(Options step) throws Exception {
    try (Course course = new Course(step, out)) {
      Input input = course.write(step.plan(course.cluster().topics().auth().name()));
      Arena arena =
          new Arena(
              course.cluster(), course.brokerPid(), step.threads(), course.folder(), input, input);
      Map<String, List<Double>> cpu = new LinkedHashMap<>();
      for (int round = 1; round <= step.rounds(); round++) {
        for (Contestant contestant : Lineup.named(PEERS)) {
          Figures lap = contestant.lap(arena, round);
          right &= lap.differences() == null || lap.differences().isNone();
          cpu.computeIfAbsent(contestant.name(), n -> new ArrayList<>())
              .add(lap.cpuSecondsPerMillion());
        }
      }
      String name =
          "%d cells per minute, %d partitions"
              .formatted(step.cellsPerMinute(input), step.partitions());
      Map<String, Spread> spreads = new LinkedHashMap<>();
      cpu.forEach((contestant, values) -> spreads.put(contestant, Spread.of(values)));
      figures.put(name, spreads);
      course.say("%s: %s%n", name, spreads);
    }
  }
}
