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

  /** What a vendor counts: any minute, and not the average. */
  @Test
  void noMinuteHoldsMoreThanTheSetting() {
    for (int perMinute : new int[] {1, 2, 4, 10, 90, 100, 1_000}) {
      Bucket bucket = new Bucket(Rate.within(perMinute));
      long[] taken = new long[3 * perMinute + 3];
      long now = 0;
      int count = 0;
      while (count < taken.length) {
        Duration wait = bucket.take(now);
        if (wait.isZero()) {
          taken[count++] = now;
        }
        now += wait.toNanos();
      }
      for (int i = perMinute; i < taken.length; i++) {
        assertThat(Duration.ofNanos(taken[i] - taken[i - perMinute]))
            .as("%d a minute", perMinute)
            .isGreaterThanOrEqualTo(Duration.ofMinutes(1).minusNanos(perMinute));
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
