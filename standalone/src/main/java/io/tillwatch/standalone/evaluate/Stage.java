package io.tillwatch.standalone.evaluate;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.standalone.evaluate.GoldenCase.Heard;
import io.tillwatch.standalone.evaluate.GoldenCase.Source;
import io.tillwatch.standalone.noise.Checkpoint;
import io.tillwatch.standalone.noise.Rails;
import io.tillwatch.triage.incident.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A world with a quiet history that several plots go on from, each by itself. The detector learns
 * the history once; what it knows then is taken up again as production does after a restart.
 * Thread-safe.
 */
final class Stage {

  /** Before the plots: what the detector learns from. */
  static final Duration HISTORY = Duration.ofMinutes(150);

  /** After the end, so that its last minutes are closed. */
  static final Duration AFTERWARDS = Duration.ofSeconds(90);

  /** From before the first open minute on, what arrives is counted again. */
  private static final Duration OVERLAP = Duration.ofMinutes(6);

  /** From the start on minutes are looked at while they fill: later nothing new is found so. */
  private static final Duration EARLY_FOR = Duration.ofMinutes(6);

  private final World world;
  private final Instant begin;
  private final Instant live;
  private final RuleBook rules;
  private final Checkpoint learnt;

  /**
   * @param live when the history ends
   */
  Stage(World world, Instant live, RuleBook rules) {
    this.world = world;
    this.live = live;
    this.begin = live.minus(HISTORY);
    this.rules = rules;
    Rails rails = Rails.from(begin, rules, world.binRanges(), (input, at) -> {});
    rails.early(false);
    Traffic traffic = new Traffic(world, List.of(), begin);
    while (traffic.nextAtMillis() < live.toEpochMilli()) {
      rails.take(traffic.next());
    }
    rails.passUntil(live.toEpochMilli());
    this.learnt = rails.checkpoint();
  }

  /** What the desk hears of a plot. */
  GoldenCase play(Plot plot, long seed) {
    List<Heard> heard = new ArrayList<>(plot.news());
    Instant until = plot.label().end().plus(AFTERWARDS);
    if (plot.built().isEmpty()) {
      watch(plot, until, heard);
    } else {
      for (Burst burst : plot.built()) {
        heard.add(new Heard(burst.getUpdatedAt(), new Input.BurstSeen(burst)));
      }
    }
    heard.removeIf(each -> each.at().isAfter(until));
    heard.sort(Comparator.comparing(Heard::at));
    return new GoldenCase(
        plot.id(),
        seed,
        plot.built().isEmpty() ? Source.SIMULATED : Source.BUILT,
        plot.label(),
        plot.noise(),
        heard);
  }

  private void watch(Plot plot, Instant until, List<Heard> heard) {
    Instant from = live.minus(OVERLAP);
    Rails rails =
        Rails.resumed(
            learnt,
            from,
            rules,
            world.binRanges(),
            (input, at) -> {
              if (!(input instanceof Input.Tick)) {
                heard.add(new Heard(at, input));
              }
            });
    Traffic traffic = new Traffic(world, plot.disturbances(), begin);
    long start = plot.label().start().toEpochMilli();
    while (traffic.nextAtMillis() < until.toEpochMilli()) {
      Delivery delivery = traffic.next();
      long since = delivery.atMillis() - start;
      rails.early(since >= 0 && since < EARLY_FOR.toMillis());
      if (delivery.atMillis() >= from.toEpochMilli() && (plot.announced() || !isNews(delivery))) {
        rails.take(delivery);
      }
    }
    rails.passUntil(until.toEpochMilli());
  }

  private static boolean isNews(Delivery delivery) {
    return delivery.event() instanceof StatusEvent || delivery.event() instanceof ChangeEvent;
  }
}
