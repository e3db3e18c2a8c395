package io.tillwatch.topology.rulebook;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.version.Looks;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.rulesfile.RulesTopic;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.topology.detect.WatchPlan;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in force what files, folders and the topic of published rules say.
 *
 * <p>What is published is laid beside the files, as triage does it. Metrics: {@code
 * tillwatch_watch_rules_version_info{hash}} is 1 for the version in force, {@code
 * tillwatch_watch_rules_taken_total} and {@code tillwatch_watch_rules_refused_total} count the
 * versions since the start.
 */
public final class RulesFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RulesFollower.class);

  /** Longest time the start waits for the rules that are published. */
  private static final Duration FIRST_LOOK_MAX = Duration.ofMinutes(1);

  private final List<Path> paths;
  private final RulesInForce rules;
  private final PlanInForce plans;
  private final InstantSource clock;
  private final Looks looks = new Looks();
  private @Nullable List<RuleFile> readAtStart;
  private @Nullable RulesTopic topic;

  /**
   * A follower that does not look yet.
   *
   * @param plans where it puts what is in force
   */
  RulesFollower(
      RulesSettings settings, PlanInForce plans, InstantSource clock, MeterRegistry metrics) {
    this.paths = settings.paths();
    this.readAtStart = settings.plan().files();
    this.rules = RulesInForce.of(readAtStart, clock.instant());
    this.plans = plans;
    this.clock = clock;
    bind(metrics);
  }

  /**
   * Starts looking, and waits for the first look: no minute is judged without what was published
   * before the start.
   *
   * @throws IllegalStateException when the topic is not read in time
   */
  public static RulesFollower start(
      RulesSettings settings,
      Topic<String, RulesFile> topic,
      Supplier<Consumer<String, byte[]>> consumers,
      PlanInForce plans,
      InstantSource clock,
      MeterRegistry metrics) {
    RulesFollower follower = new RulesFollower(settings, plans, clock, metrics);
    RulesTopic read = RulesTopic.follow("watch-rules", topic, consumers, follower::look);
    follower.topic = read;
    try {
      read.awaitFirst(FIRST_LOOK_MAX);
    } catch (IllegalStateException unread) {
      follower.close();
      throw unread;
    }
    return follower;
  }

  /**
   * Looks once. The first look takes the files as the start has read them, whole: they may be
   * changing since.
   */
  void look(SortedMap<String, String> published) {
    List<RuleFile> now;
    try {
      now = new ArrayList<>(readAtStart == null ? RuleFile.readAll(paths) : readAtStart);
    } catch (UncheckedIOException away) {
      LOG.warn("Rules stay as they are: {}", away.getMessage());
      return;
    }
    readAtStart = null;
    published.forEach((name, text) -> now.add(new RuleFile(name, text)));
    if (!looks.settled(now)) {
      return;
    }
    switch (rules.offer(now, clock.instant())) {
      case TAKEN -> {
        plans.put(WatchPlan.of(now));
        LOG.info(
            "Rules {} are in force from the next minute of each kind on: {}",
            rules.version().hash(),
            rules.version().files());
      }
      case REFUSED -> {
        RulesInForce.Refusal refusal = rules.refusal();
        LOG.error(
            "Rules {} are refused, {} stay in force:\n{}",
            refusal == null ? "" : refusal.hash(),
            rules.version().hash(),
            refusal == null ? "" : String.join("\n", refusal.problems()));
      }
      case UNCHANGED -> LOG.trace("Rules {} are in force", rules.version().hash());
    }
  }

  private void bind(MeterRegistry metrics) {
    MultiGauge info =
        MultiGauge.builder("tillwatch.watch.rules.version.info")
            .description("1 for the rules that the topology watches by, by their hash")
            .register(metrics);
    rules.follow(version ->
        info.register(List.of(MultiGauge.Row.of(Tags.of("hash", version.hash()), 1)), true));
    FunctionCounter.builder("tillwatch.watch.rules.taken", rules, RulesInForce::taken)
        .description("Versions of the topology's rules that came into force after the start")
        .register(metrics);
    FunctionCounter.builder("tillwatch.watch.rules.refused", rules, RulesInForce::refused)
        .description("Versions of the topology's rules that could not be used")
        .register(metrics);
  }

  /** Stops looking; the rules stay as they are. */
  @Override
  public void close() {
    RulesTopic read = topic;
    if (read != null) {
      read.close();
    }
  }
}
