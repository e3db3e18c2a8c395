package io.tillwatch.triage.act;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.schemas.incident.ActionTarget;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the outside systems can be reached and take our keys.
 *
 * <p>Metric {@code tillwatch_targets_reachable{target}}: 1 or 0 as last seen. No part of health: an
 * outside system that is away is no reason to take us out of service. Thread-safe.
 */
public final class TargetWatch implements MeterBinder, AutoCloseable {

  /** Time between two looks. */
  public static final Duration EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(TargetWatch.class);

  private final Map<ActionTarget, Reach> seen = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Duration every;

  private TargetWatch(Notifiers notifiers, Duration every) {
    this.every = every;
    notifiers.all().keySet().forEach(target -> seen.put(target, Reach.FINE));
  }

  /** Begins to look, each target on its own thread. */
  public static TargetWatch start(Notifiers notifiers, Duration every) {
    TargetWatch watch = new TargetWatch(notifiers, every);
    notifiers
        .all()
        .forEach((target, notifier) ->
            Thread.ofVirtual()
                .name("look-" + label(target))
                .start(() -> watch.look(target, notifier)));
    return watch;
  }

  private void look(ActionTarget target, Notifier notifier) {
    try {
      do {
        note(target, ask(notifier));
      } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static Reach ask(Notifier notifier) {
    try {
      return notifier.check();
    } catch (RuntimeException bug) {
      return new Reach(false, "its check failed: " + bug.getClass().getSimpleName());
    }
  }

  private void note(ActionTarget target, Reach now) {
    Reach before = seen.put(target, now);
    if (now.well() && before != null && !before.well()) {
      LOG.info("{} can be reached again", target);
    } else if (!now.well() && !now.equals(before)) {
      LOG.warn("{} cannot be used: {}", target, now.detail());
    }
  }

  /** What was last seen, by target; fine until there was a look. */
  public Map<ActionTarget, Reach> seen() {
    return Map.copyOf(seen);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (ActionTarget target : seen.keySet()) {
      Gauge.builder("tillwatch.targets.reachable", () -> well(target) ? 1 : 0)
          .description("Whether the target could be reached when last looked at")
          .tag("target", label(target))
          .register(registry);
    }
  }

  private boolean well(ActionTarget target) {
    return seen.getOrDefault(target, Reach.FINE).well();
  }

  private static String label(ActionTarget target) {
    return target.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
