package io.tillwatch.standalone.chaos;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what must come, and says whether it did. */
final class Waiting {

  private static final long LOOK_EVERY_MILLIS = 250;

  private Waiting() {}

  /** Looks again and again; false when it has not come within that time. */
  static boolean until(Duration atMost, Callable<Boolean> there) throws Exception {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!there.call()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    return true;
  }
}
