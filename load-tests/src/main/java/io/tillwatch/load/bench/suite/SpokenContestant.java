package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.contestant.Assignment;
import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.machine.Child;
import io.tillwatch.load.bench.machine.Jvm;
import io.tillwatch.load.bench.recount.Comparison;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import io.tillwatch.load.bench.recount.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contestant that speaks the protocol of {@link io.tillwatch.load.bench.contestant}.
 *
 * @param program class path, main class and first arguments
 * @param work what it does
 */
record SpokenContestant(String name, Program program, Work work) implements Contestant {

  private static final Duration RESULT_MAX = Duration.ofMinutes(10);
  private static final String DONE = "DONE ";
  private static final String PROGRESS = "PROGRESS ";

  /** What is started. */
  record Program(String classPath, String mainClass, List<String> flags, List<String> arguments) {

    List<String> command(Assignment assignment) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(assignment.toArguments());
      List<String> heapAndMore = new ArrayList<>(Jvm.touchedHeap());
      heapAndMore.addAll(flags);
      return Jvm.command(classPath, heapAndMore, mainClass, all);
    }
  }

  /** How much a contestant does. */
  enum Work {
    /** It reads only; there are no cells to compare. */
    READS,
    /** It counts everything. */
    COUNTS,
    /** It counts a part of the input, because it would take too long for all. */
    COUNTS_PART
  }

  @Override
  public Figures lap(Arena arena, int round) throws Exception {
    Input input = work == Work.COUNTS_PART ? arena.part() : arena.full();
    String id = "bench-%s-%d".formatted(name, round);
    Path scratch = Files.createDirectories(arena.folder().resolve(id));
    Assignment assignment =
        new Assignment(
            arena.cluster().bootstrapServers(),
            input.topic(),
            arena.cluster().partitions(),
            input.records(),
            arena.threads(),
            scratch.resolve("cells"),
            scratch);
    try (Child child = Child.start(id, scratch, program.command(assignment))) {
      child.awaitLine("READY");
      try (Lap lap = new Lap(child, arena.brokerPid(), input.records())) {
        child.nudge();
        awaitDone(child, lap, input);
        lap.end();
        child.nudge();
        child.awaitEnd(RESULT_MAX);
        return lap.figures(
            arena.cluster().bytes(id, "-changelog"),
            arena.cluster().bytes(id, "-repartition"),
            compare(input, assignment.result()));
      }
    } finally {
      arena.cluster().delete(id);
    }
  }

  private static void awaitDone(Child child, Lap lap, Input input) throws IOException {
    String line = child.line();
    while (line != null && !line.startsWith(DONE)) {
      if (line.startsWith(PROGRESS)) {
        lap.progress(Long.parseLong(line.substring(PROGRESS.length())));
      }
      line = child.line();
    }
    if (line == null) {
      throw child.ended("before it was done");
    }
    long events = Long.parseLong(line.substring(DONE.length()));
    if (events != input.records()) {
      throw new IllegalStateException(
          "done after %d events, expected %d".formatted(events, input.records()));
    }
  }

  private @Nullable Differences compare(Input input, Path result) throws IOException {
    if (work == Work.READS) {
      return null;
    }
    Comparison comparison = input.recount().compare();
    ResultFile.read(result, comparison);
    Files.delete(result);
    return comparison.finish();
  }
}
