package io.tillwatch.load.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.load.recording.EventKind.Role;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPlanTest {

  private static List<PlannedEvent> plan(long seed, int days) {
    return plan(new RecordingSettings(seed, 2, days, 700, Set.of()));
  }

  private static List<PlannedEvent> plan(RecordingSettings settings) {
    return EventPlan.draw(settings, new Tenant(settings.seed()));
  }

  @Test
  void aWeekHoldsEveryKindAsOftenAsItShould() {
    List<PlannedEvent> events = plan(1, 7);
    for (EventKind kind : EventKind.values()) {
      int expected =
          kind == EventKind.HOLIDAY ? 1 : Collections.frequency(EventKind.ofAWeek(), kind);
      assertThat(events.stream().filter(event -> event.kind() == kind))
          .as(kind.label())
          .hasSize(expected);
    }
    assertThat(EventPlan.count(events, Role.SR)).isEqualTo(39);
    assertThat(EventPlan.count(events, Role.SIDE)).isEqualTo(13);
    assertThat(EventPlan.count(events, Role.TRAP)).isEqualTo(23);
  }

  @Test
  void twoWeeksHoldTwiceAsManyAndOneHoliday() {
    List<PlannedEvent> events = plan(1, 14);
    assertThat(EventPlan.count(events, Role.SR)).isEqualTo(78);
    assertThat(EventPlan.count(events, Role.TRAP_DAY)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 10, 21})
  void eventsComeOneAfterAnotherWithAPauseAndNoneInTheWarmUp(int days) {
    for (long seed = 0; seed < 20; seed++) {
      List<PlannedEvent> events = plan(seed, days);
      int free = 2 * RecordingSettings.MINUTES_PER_DAY;
      for (PlannedEvent event : events) {
        if (event.kind() == EventKind.HOLIDAY) {
          assertThat(event.start()).isGreaterThanOrEqualTo(2 * RecordingSettings.MINUTES_PER_DAY);
          continue;
        }
        assertThat(event.start()).isGreaterThanOrEqualTo(free + EventPlan.PAUSE_MINUTES);
        assertThat(event.length())
            .isBetween(event.kind().minutesLeast(), event.kind().minutesMost());
        free = event.end();
      }
      assertThat(free + EventPlan.PAUSE_MINUTES)
          .isLessThanOrEqualTo((2 + days) * RecordingSettings.MINUTES_PER_DAY);
      assertThat(EventPlan.count(events, Role.SR)).as("seed %d", seed).isPositive();
    }
  }

  /** Where it happens has traffic, however it was drawn; a tiny leaf has hardly any. */
  @Test
  void placesHaveTheTrafficTheirKindNeeds() {
    for (long seed = 0; seed < 20; seed++) {
      RecordingSettings settings = new RecordingSettings(seed, 1, 7, 700, Set.of());
      Tenant tenant = new Tenant(seed);
      for (PlannedEvent event : EventPlan.draw(settings, tenant)) {
        double share = event.cast().causes().stream().mapToDouble(tenant::share).min().orElse(1);
        switch (event.kind()) {
          case PSP_REGION -> assertThat(share).isGreaterThanOrEqualTo(0.02);
          case PSP_BIN, CARD_TESTING -> assertThat(share).isGreaterThanOrEqualTo(0.0075);
          case LOWVOL_BURST -> assertThat(share * 700).isBetween(0.02, 0.5);
          default -> assertThat(share).isPositive();
        }
      }
    }
  }

  @Test
  void wherePlacesAreScarceTheSmallestLeafIsTaken() {
    RecordingSettings busy = new RecordingSettings(1, 1, 7, 100_000, Set.of(Harder.HIGHVOLUME));
    Tenant tenant = new Tenant(1);
    double least = IntStream.range(0, Cube.LEAVES).mapToDouble(tenant::share).min().orElseThrow();
    assertThat(EventPlan.draw(busy, tenant))
        .filteredOn(event -> event.kind() == EventKind.LOWVOL_BURST)
        .hasSize(6)
        .allSatisfy(
            event -> assertThat(tenant.share(event.cast().causes().getFirst())).isEqualTo(least));
  }
}
