package io.tillwatch.triage.statuspage;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a page is looked at next: regularly, more seldom while it cannot be read, never sooner than
 * it asks for, and never in step with other instances.
 */
record Rhythm(StatusSettings settings, RandomGenerator random) {

  private static final int DOUBLINGS_MAX = 20;

  /** Part of a wait that is left to chance. */
  private static final double JITTER = 0.2;

  /**
   * The wait after a look.
   *
   * @param failures looks that failed in a row, the last one included
   * @param asked what the page asked for; zero when it did not
   */
  Duration next(int failures, Duration asked) {
    long most = settings.everyMax().toMillis();
    long step = Math.min(settings.every().toMillis() << Math.min(failures, DOUBLINGS_MAX), most);
    long wait = Math.max(step, Math.min(asked.toMillis(), most));
    return Duration.ofMillis(Math.round(wait * (1 + JITTER * (random.nextDouble() - 0.5))));
  }
}
