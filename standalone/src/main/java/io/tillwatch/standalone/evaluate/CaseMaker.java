package io.tillwatch.standalone.evaluate;

import io.tillwatch.load.model.World;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.IncidentClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Makes the cases of a seed: every class in turn, a few cases in each world. The same seed and
 * count give the same cases.
 */
final class CaseMaker {

  /** Cases that share a world, as learning its history takes as long as a few of them. */
  static final int PER_WORLD = 22;

  /** Each needs a detector of its own. */
  private static final int THREADS = 2;

  private static final Instant FIRST_DAY = Instant.parse("2026-03-10T00:00:00Z");

  private final long seed;
  private final RuleBook rules;
  private final IntConsumer done;

  /**
   * @param done is told how many there are, whenever those of a world are made
   */
  CaseMaker(long seed, RuleBook rules, IntConsumer done) {
    this.seed = seed;
    this.rules = rules;
    this.done = done;
  }

  List<GoldenCase> make(int count) throws InterruptedException {
    List<IncidentClass> classes = classes(count);
    List<GoldenCase> cases = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<List<GoldenCase>>> worlds = new ArrayList<>();
      for (int from = 0; from < count; from += PER_WORLD) {
        int first = from;
        List<IncidentClass> wanted = classes.subList(from, Math.min(count, from + PER_WORLD));
        worlds.add(threads.submit(() -> inOneWorld(first, wanted)));
      }
      for (Future<List<GoldenCase>> world : worlds) {
        cases.addAll(world.get());
        done.accept(cases.size());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a case of seed %d cannot be made".formatted(seed), e);
    }
    return cases;
  }

  /** Every class as often as any other, in an order of the seed. */
  private List<IncidentClass> classes(int count) {
    Random random = new Random(seed);
    List<IncidentClass> classes = new ArrayList<>();
    while (classes.size() < count) {
      List<IncidentClass> all = new ArrayList<>(List.of(IncidentClass.values()));
      Collections.shuffle(all, random);
      classes.addAll(all);
    }
    return classes.subList(0, count);
  }

  private List<GoldenCase> inOneWorld(int first, List<IncidentClass> wanted) {
    Dice dice = new Dice(seed, -1L - first);
    World world = World.draw(seed * 1_009 + first, dice.between(160, 260));
    Instant live =
        FIRST_DAY
            .plus(Duration.ofDays(dice.number(0, 27)))
            .plus(Duration.ofMinutes(dice.number(9 * 60, 19 * 60)));
    Stage stage = new Stage(world, live, rules);
    List<GoldenCase> cases = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String id = "%d-%03d".formatted(seed, first + i);
      Plot plot = Plots.draw(id, wanted.get(i), world, live, new Dice(seed, first + i));
      cases.add(stage.play(plot, seed));
    }
    return cases;
  }
}
