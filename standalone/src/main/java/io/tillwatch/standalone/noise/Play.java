package io.tillwatch.standalone.noise;

import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Scenario;
import io.tillwatch.load.scenario.Script;
import io.tillwatch.load.scenario.Truth;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.standalone.rulecase.Followed;
import io.tillwatch.standalone.rulecase.VirtualDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One scenario in the world of one seed, and what came of it.
 *
 * @param events events counted, each once
 * @param late those that came too late to be judged
 * @param anomalies cells that were not as expected, as the topology publishes them: at the onset of
 *     a burst, whenever it changes, and every five minutes
 * @param cellMinutes minutes for which root cells were not as expected, each cell for itself
 * @param bursts suspected causes
 * @param incidents what people were told of; one that came back counts again
 * @param untold incidents on the screen that nobody was told of
 * @param account against what happened
 */
record Play(
    String scenario,
    long seed,
    long events,
    long late,
    long anomalies,
    long cellMinutes,
    long bursts,
    int incidents,
    int untold,
    Account account) {

  /** When live traffic begins; the same in every run, so that a run can be repeated. */
  static final Instant LIVE_START = Instant.parse("2026-03-10T14:00:00Z");

  /** What was begun is played to its end, and so long after it. */
  private static final Duration AFTERWARDS = Duration.ofHours(1);

  /**
   * How long is played.
   *
   * @param history before live traffic, so that there is something to compare with
   * @param length of live traffic; what begins in it is played to its end
   * @param authsPerMinute authorisations per minute of a mean day
   */
  record Length(Duration history, Duration length, double authsPerMinute) {}

  static Play of(Scenario scenario, long seed, RuleBook rules, Length length) {
    World world = World.draw(seed, length.authsPerMinute());
    Script script = scenario.script(world, LIVE_START);
    Instant from = LIVE_START.minus(length.history());
    Instant noMore = LIVE_START.plus(length.length());
    List<Disturbance> begun =
        script.disturbances().stream()
            .filter(each -> each.startMillis() >= from.toEpochMilli())
            .filter(each -> each.startMillis() < noMore.toEpochMilli())
            .toList();
    long lastEnd = begun.stream().mapToLong(Disturbance::endMillis).max().orElse(0);
    long end = Math.max(noMore.toEpochMilli(), lastEnd + AFTERWARDS.toMillis());
    Traffic traffic = new Traffic(world, begun, from);
    VirtualDesk desk = new VirtualDesk(rules, Rails.TENANT);
    Rails rails = Rails.from(from, rules, world.binRanges(), desk::decide);
    while (traffic.nextAtMillis() < end) {
      rails.take(traffic.next());
    }
    rails.passUntil(end);
    Truth truth = script.truth().from(from).before(noMore);
    List<Followed> incidents = desk.incidents();
    int untold = (int) incidents.stream().filter(each -> each.episodes().isEmpty()).count();
    int told = incidents.stream().mapToInt(each -> each.episodes().size()).sum();
    return new Play(
        scenario.name(),
        seed,
        rails.events(),
        rails.late(),
        rails.anomalies(),
        rails.cellMinutes(),
        rails.bursts(),
        told,
        untold,
        Account.of(truth, incidents));
  }

  /** Part of the anomalies that nobody had to look at, 0 to 1; 0 when there was none. */
  static double reduction(long anomalies, long incidents) {
    return anomalies == 0 ? 0 : Math.max(0, 1 - (double) incidents / anomalies);
  }

  /** As in reports. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scenario", scenario);
    map.put("seed", seed);
    map.put("events", events);
    map.put("late", late);
    map.put("anomalies", anomalies);
    map.put("cellMinutes", cellMinutes);
    map.put("bursts", bursts);
    map.put("incidents", incidents);
    map.put("untold", untold);
    map.put("happened", account.happened());
    map.put("missed", account.missed());
    map.put("doubled", account.doubled());
    map.put("false", account.wrong());
    map.put("noiseReduction", Math.round(reduction(anomalies, incidents) * 10_000) / 10_000.0);
    map.put("lines", account.lines());
    return map;
  }
}
