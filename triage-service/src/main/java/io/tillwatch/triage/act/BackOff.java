package io.tillwatch.triage.act;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: doubling, with jitter, never less than asked for. */
final class BackOff {

  private static final int DOUBLINGS_MAX = 30;

  private final ActSettings settings;
  private final RandomGenerator random;

  BackOff(ActSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * The wait after an attempt that failed: between half of the step and the whole of it, so that
   * many actions that failed together do not come back together.
   *
   * @param attempt the attempt that failed, from 1
   * @param asked what the other side asked for; zero when it did not
   */
  Duration after(int attempt, Duration asked) {
    long step = settings.backOff().toMillis() << Math.min(attempt - 1, DOUBLINGS_MAX);
    long ceiling = Math.min(step, settings.backOffMax().toMillis());
    Duration own = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    Duration theirs = bounded(asked);
    return own.compareTo(theirs) < 0 ? theirs : own;
  }

  /** What the other side asked for, as far as it is granted. */
  static Duration bounded(Duration asked) {
    Duration most = ActSettings.RETRY_AFTER_MAX;
    return asked.compareTo(most) < 0 ? asked : most;
  }
}
