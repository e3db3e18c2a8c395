package io.tillwatch.standalone.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for what must come; how long it takes is no test's business. */
final class Patience {

  private static final Duration MAX = Duration.ofMinutes(3);
  private static final long LOOK_EVERY_MILLIS = 50;

  private Patience() {}

  /** Looks again and again until there is something and it is enough. */
  static <T> T await(String what, Callable<Optional<T>> look, Predicate<T> enough)
      throws Exception {
    long deadline = System.nanoTime() + MAX.toNanos();
    Optional<T> seen = look.call();
    while (seen.filter(enough).isEmpty()) {
      assertThat(System.nanoTime() - deadline)
          .as("waited %s for %s, last seen: %s", MAX, what, seen)
          .isNegative();
      Thread.sleep(LOOK_EVERY_MILLIS);
      seen = look.call();
    }
    return seen.orElseThrow();
  }
}
