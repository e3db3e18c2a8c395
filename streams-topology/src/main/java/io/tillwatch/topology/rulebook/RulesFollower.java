package io.tillwatch.topology.rulebook;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.version.Looks;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.topology.detect.WatchPlan;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks at the files and folders of rules, and puts in force what they say.
 *
 * <p>Metrics: {@code tillwatch_watch_rules_version_info{hash}} is 1 for the version in force,
 * {@code tillwatch_watch_rules_taken_total} and {@code tillwatch_watch_rules_refused_total} count
 * the versions since the start.
 */
public final class RulesFollower implements AutoCloseable {

  /** Between two looks. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(RulesFollower.class);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

  private final List<Path> paths;
  private final RulesInForce rules;
  private final PlanInForce plans;
  private final InstantSource clock;
  private final Looks looks = new Looks();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("watch-rules").daemon().unstarted(this::run);

  /**
   * A follower that does not look yet.
   *
   * @param plans where it puts what is in force
   */
  RulesFollower(
      RulesSettings settings, PlanInForce plans, InstantSource clock, MeterRegistry metrics) {
    this.paths = settings.paths();
    this.rules = RulesInForce.of(settings.plan().files(), clock.instant());
    this.plans = plans;
    this.clock = clock;
    looks.settled(settings.plan().files());
    bind(metrics);
  }

  /** Starts looking, when there is something to look at. */
  public static RulesFollower start(
      RulesSettings settings, PlanInForce plans, InstantSource clock, MeterRegistry metrics) {
    RulesFollower follower = new RulesFollower(settings, plans, clock, metrics);
    if (!settings.paths().isEmpty()) {
      follower.thread.start();
    }
    return follower;
  }

  private void run() {
    try {
      while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        lookOrWarn();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOrWarn() {
    try {
      look();
    } catch (RuntimeException failure) {
      LOG.warn("Rules stay as they are: the look at {} failed", paths, failure);
    }
  }

  /** Looks once. */
  void look() {
    List<RuleFile> now;
    try {
      now = RuleFile.readAll(paths);
    } catch (UncheckedIOException away) {
      LOG.warn("Rules stay as they are: {}", away.getMessage());
      return;
    }
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
    closing.countDown();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_MAX)) {
        LOG.warn("The look at the rules is still busy after {}", CLOSE_MAX);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
