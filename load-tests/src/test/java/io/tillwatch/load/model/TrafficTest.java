package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private static final Instant FROM = Instant.parse("2026-11-18T14:00:00Z");

  @Test
  void deliveriesComeInTheOrderOfTheirTime() {
    Traffic traffic = new Traffic(World.draw(7, 200), List.of(), FROM);
    long before = 0;
    for (int i = 0; i < 50_000; i++) {
      long announced = traffic.nextAtMillis();
      Delivery delivery = traffic.next();
      assertThat(delivery.atMillis()).isEqualTo(announced).isGreaterThanOrEqualTo(before);
      before = delivery.atMillis();
    }
  }

  @Test
  void sameSeedGivesTheSameEventsAndAnotherSeedOthers() {
    assertThat(texts(7)).isEqualTo(texts(7)).isNotEqualTo(texts(8));
  }

  private static List<String> texts(long seed) {
    Traffic traffic = new Traffic(World.draw(seed, 200), List.of(), FROM);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      texts.add(traffic.next().toString());
    }
    return texts;
  }
}
