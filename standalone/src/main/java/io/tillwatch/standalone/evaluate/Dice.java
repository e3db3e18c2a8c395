package io.tillwatch.standalone.evaluate;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Chance for people who write stories. Used by one thread. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed, long number) {
    this.random = new SplittableRandom(seed * 1_000_003L + number).split();
  }

  <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  int number(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration seconds(int least, int most) {
    return Duration.ofSeconds(number(least, most));
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  /** Some hex digits, for ids. */
  String hex() {
    return "%016x".formatted(random.nextLong());
  }
}
