package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.input.InputWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everybody does the same work, round by round, in an order that changes. */
public final class CompareSuite {

  /** Of the input, for those who take too long for all of it. */
  private static final int PART = 4;

  private static final long PART_EVENTS_MIN = 100_000;
  private static final String PART_TOPIC = "bench.part";

  private final Options options;
  private final PrintWriter out;

  /** A suite that tells people on the way. */
  public CompareSuite(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** The figures of every lap by contestant, in the order they were named. */
  public Map<String, List<Figures>> run() throws Exception {
    List<Contestant> contestants = Lineup.named(options.peers());
    for (Contestant contestant : contestants) {
      contestant.prepare(out);
    }
    try (Course course = new Course(options, out)) {
      String topic = course.cluster().topics().auth().name();
      Input full = course.write(options.plan(topic));
      Input part = full;
      if (contestants.stream().anyMatch(CompareSuite::countsPart)) {
        course.cluster().create(PART_TOPIC);
        part = course.write(partPlan());
      }
      Arena arena =
          new Arena(
              course.cluster(), course.brokerPid(), options.threads(), course.folder(), full, part);
      return laps(contestants, arena, course);
    }
  }

  private static boolean countsPart(Contestant contestant) {
    return contestant instanceof SpokenContestant spoken
        && spoken.work() == SpokenContestant.Work.COUNTS_PART;
  }

  private long partEvents() {
    return Math.min(options.events(), Math.max(PART_EVENTS_MIN, options.events() / PART));
  }

  private InputWriter.Plan partPlan() {
    return new InputWriter.Plan(
        PART_TOPIC,
        options.partitions(),
        options.seed(),
        partEvents(),
        options.eventsPerMinute(),
        0);
  }

  private Map<String, List<Figures>> laps(List<Contestant> contestants, Arena arena, Course course)
      throws Exception {
    Map<String, List<Figures>> figures = new LinkedHashMap<>();
    contestants.forEach(contestant -> figures.put(contestant.name(), new ArrayList<>()));
    List<Contestant> order = new ArrayList<>(contestants);
    for (int round = 1; round <= options.rounds(); round++) {
      for (Contestant contestant : order) {
        course.say("round %d: %-20s", round, contestant.name());
        Figures lap = contestant.lap(arena, round);
        figures.getOrDefault(contestant.name(), new ArrayList<>()).add(lap);
        course.say(
            "%6.2f CPU-s per million, %,.0f events/s%s%n",
            lap.cpuSecondsPerMillion(), lap.eventsPerSecond(), verdict(lap));
      }
      Collections.rotate(order, 1);
    }
    return figures;
  }

  private static String verdict(Figures lap) {
    return lap.differences() == null
        ? ""
        : lap.differences().isNone() ? ", cells equal" : ", CELLS DIFFER: " + lap.differences();
  }
}
