package io.tillwatch.standalone.chaos;

import io.tillwatch.triage.rehearsal.Bug;
import io.tillwatch.triage.rehearsal.Rehearsal;
import io.tillwatch.triage.rehearsal.Rehearsal.Play;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** R13 and R14: the desk and its executors in a world in memory, one seed after another. */
final class RehearsalProtocol implements Protocol {

  private static final int TOLD_MAX = 5;
  private static final int SEEDS_TO_FIND = 500;
  private static final long SEEDS_A_SLICE = 500;
  private static final double NANOS = 1e9;

  private final String id;
  private final String title;
  private final boolean clockJumps;

  private RehearsalProtocol(String id, String title, boolean clockJumps) {
    this.id = id;
    this.title = title;
    this.clockJumps = clockJumps;
  }

  static RehearsalProtocol faults() {
    return new RehearsalProtocol(
        "R13", "incident and outbox core under seeded faults, then healed", false);
  }

  static RehearsalProtocol clocks() {
    return new RehearsalProtocol(
        "R14", "the same while the clock jumps and daylight saving begins", true);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public Outcome run(Stage stage) {
    int seeds =
        clockJumps ? stage.scale().of(100, 2_000, 20_000) : stage.scale().of(300, 10_000, 100_000);
    Rehearsal rehearsal = new Rehearsal(clockJumps);
    ConcurrentLinkedQueue<Play> broken = new ConcurrentLinkedQueue<>();
    AtomicLong decisions = new AtomicLong();
    AtomicLong attempts = new AtomicLong();
    AtomicLong pages = new AtomicLong();
    long start = System.nanoTime();
    for (long from = 0; from < seeds; from += SEEDS_A_SLICE) {
      LongStream.range(stage.seed() + from, stage.seed() + Math.min(seeds, from + SEEDS_A_SLICE))
          .parallel()
          .mapToObj(rehearsal::play)
          .forEach(play -> {
            decisions.addAndGet(play.decisions());
            attempts.addAndGet(play.attempts());
            pages.addAndGet(play.pages());
            if (!play.clean()) {
              broken.add(play);
            }
          });
      stage.progress().accept("%d of %d seeds, %d broken".formatted(from, seeds, broken.size()));
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seeds", seeds);
    figures.put("broken", broken.size());
    figures.put("seedsPerSecond", Math.round(seeds / seconds));
    figures.put("decisions", decisions.get());
    figures.put("attempts", attempts.get());
    figures.put("pages", pages.get());
    List<String> violations = new ArrayList<>();
    broken.stream()
        .limit(TOLD_MAX)
        .forEach(play -> {
          violations.add("seed %d: %s".formatted(play.seed(), play.violation()));
        });
    if (!broken.isEmpty()) {
      violations.addAll(storyOf(rehearsal, broken.peek()));
    }
    if (!clockJumps) {
      plant(stage, figures, violations);
    }
    return new Outcome(id, title, figures, violations);
  }

  private static List<String> storyOf(Rehearsal rehearsal, @Nullable Play play) {
    return play == null ? List.of() : rehearsal.story(play.seed(), null);
  }

  /** A check that never failed on a planted bug does not count. */
  private static void plant(Stage stage, Map<String, Object> figures, List<String> violations) {
    Rehearsal rehearsal = new Rehearsal(true);
    int found = 0;
    for (Bug bug : Bug.values()) {
      Play play = rehearsal.find(bug, stage.seed(), SEEDS_TO_FIND);
      if (play.clean()) {
        violations.add("planted bug %s was not found in %d seeds".formatted(bug, SEEDS_TO_FIND));
      } else {
        found++;
      }
    }
    figures.put("bugsPlanted", Bug.values().length);
    figures.put("bugsFound", found);
  }
}
