package io.tillwatch.triage.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketTest {

  private static final Rate RATE = Rate.perMinute(100, 40);

  /** Goal: no minute ever sees more than burst and rate together, however it is asked. */
  @Test
  void noMinuteHoldsMoreThanItsShare() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Bucket bucket = new Bucket(RATE);
      long now = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos(); // wraps around on the way
      long[] taken = new long[2_000];
      int count = 0;
      while (count < taken.length) {
        now += random.nextLong(Duration.ofMillis(300).toNanos());
        if (bucket.take(now).isZero()) {
          taken[count++] = now;
        }
      }
      for (int i = 140; i < count; i++) {
        assertThat(taken[i] - taken[i - 140])
            .as("seed %d", seed)
            .isGreaterThan(Duration.ofMinutes(1).minusMillis(601).toNanos());
      }
    }
  }

  @Test
  void theWaitItNamesIsLongEnoughAndNotTooLong() {
    Bucket bucket = new Bucket(RATE);
    long now = 0;
    for (int i = 0; i < 500; i++) {
      Duration wait = bucket.take(now);
      if (wait.isPositive()) {
        assertThat(bucket.take(now + wait.toNanos() - 1)).isPositive();
        now += wait.toNanos();
        assertThat(bucket.take(now)).isZero();
      }
    }
  }
}
