package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.load.Observed;
import io.tillwatch.load.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

/** No text that the model writes can be taken for a card number, separators or not. */
class CardDataTest {

  private static final Pattern DIGITS = Pattern.compile("\\d(?:[ ./:_\\-]?\\d){11,}");
  private static final Instant FROM = Instant.parse("2026-11-18T14:00:00Z");

  @Test
  void noTextFieldHoldsTwelveDigitsOrMore() {
    World world = World.draw(3, 60);
    Scenario incidents = Scenario.shipped("incidents");
    Observed observed =
        Observed.of(
            world, incidents.script(world, FROM).disturbances(), FROM, Duration.ofHours(12));
    assertThat(observed.deliveries()).hasSizeGreaterThan(80_000);
    for (Delivery delivery : observed.deliveries()) {
      check(delivery.key());
      check(delivery.event());
    }
  }

  private static void check(IndexedRecord event) {
    event
        .getSchema()
        .getFields()
        .forEach(field -> {
          switch (event.get(field.pos())) {
            case String text -> check(text);
            case IndexedRecord inner -> check(inner);
            case null, default -> {}
          }
        });
  }

  private static void check(String text) {
    if (DIGITS.matcher(text).find()) {
      throw new AssertionError("looks like a card number: " + text);
    }
  }
}
