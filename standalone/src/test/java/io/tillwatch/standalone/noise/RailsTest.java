package io.tillwatch.standalone.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.triage.incident.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Goal: many plots may go on from one history.
 *
 * <p>Method: the same payments once from the beginning and once from a checkpoint; what the desk
 * hears must be equal to the last figure.
 */
class RailsTest {

  private static final RuleBook RULES = RuleBook.defaults();
  private static final World WORLD = World.draw(3, 60);
  private static final Instant BEGIN = Instant.parse("2026-03-10T12:00:00Z");
  private static final Instant LIVE = BEGIN.plus(Duration.ofMinutes(80));
  private static final Instant END = LIVE.plus(Duration.ofMinutes(14));

  private static final Disturbance OUTAGE =
      new Disturbance(
          DisturbanceType.PSP_OUTAGE,
          Slice.of(Map.of("psp", "northpay")),
          LIVE.plus(Duration.ofMinutes(3)).toEpochMilli(),
          END.toEpochMilli(),
          0.95);

  @Test
  void whatGoesOnFromACheckpointHearsWhatOneThatNeverStoppedHears() {
    List<Input> whole = new ArrayList<>();
    Rails uninterrupted =
        Rails.from(BEGIN, RULES, WORLD.binRanges(), (input, at) -> keep(whole, input));
    play(uninterrupted, List.of(OUTAGE), BEGIN, END);

    Rails before = Rails.from(BEGIN, RULES, WORLD.binRanges(), (input, at) -> {});
    play(before, List.of(), BEGIN, LIVE);
    List<Input> resumed = new ArrayList<>();
    Instant from = LIVE.minus(Duration.ofMinutes(6));
    Rails after =
        Rails.resumed(
            before.checkpoint(),
            from,
            RULES,
            WORLD.binRanges(),
            (input, at) -> keep(resumed, input));
    play(after, List.of(OUTAGE), from, END);

    assertThat(resumed).isNotEmpty().isEqualTo(whole);
  }

  private static void keep(List<Input> heard, Input input) {
    if (input instanceof Input.BurstSeen) {
      heard.add(input);
    }
  }

  private static void play(Rails rails, List<Disturbance> what, Instant from, Instant to) {
    Traffic traffic = new Traffic(WORLD, what, BEGIN);
    while (traffic.nextAtMillis() < to.toEpochMilli()) {
      Delivery delivery = traffic.next();
      if (delivery.atMillis() >= from.toEpochMilli()) {
        rails.take(delivery);
      }
    }
    rails.passUntil(to.toEpochMilli());
  }
}
