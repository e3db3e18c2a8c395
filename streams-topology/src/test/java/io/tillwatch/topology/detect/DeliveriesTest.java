package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: webhooks that fall behind or stop are heard in a minute; a night, a sale and traffic that
 * is routed elsewhere are not, because fewer are owed then.
 *
 * <p>Method: two PSPs that answer an authorisation with a webhook and a half, a minute later.
 */
class DeliveriesTest {

  private static final int HISTORY = 200;
  private static final double PER_AUTH = 1.5;
  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");

  private final SplittableRandom random = new SplittableRandom(3);
  private final Lookout lookout = new Lookout(WatchSettings.DEFAULT, "acme", EventKind.WEBHOOK);
  private final Map<String, Long> authsBefore = new HashMap<>();
  private final List<Burst> bursts = new ArrayList<>();
  private int minute;

  @BeforeEach
  void history() {
    minutes(HISTORY, 60, 60, 1);
    assertThat(bursts).isEmpty();
  }

  @Test
  void aSilenceIsHeardInTheFirstMinuteAndClosesWithTheReturn() {
    minutes(10, 60, 60, 0);
    assertThat(bursts.getFirst().getDetectedAt().toEpochMilli()).isEqualTo(Rails.at(HISTORY + 1));
    assertOnlyNorthpay();

    minutes(10, 60, 60, 1);
    assertThat(bursts.getLast().getState()).isEqualTo(BurstState.CLOSED);
  }

  @Test
  void aBacklogOfHalfIsHeard() {
    minutes(10, 60, 60, .4);
    assertThat(bursts.getFirst().getDetectedAt().toEpochMilli())
        .isLessThanOrEqualTo(Rails.at(HISTORY + 2));
    assertOnlyNorthpay();
    assertThat(bursts.getLast().getObserved()).isLessThan(.6 * bursts.getLast().getExpected());
  }

  @Test
  void trafficThatIsRoutedElsewhereOwesNothing() {
    minutes(60, 10, 110, 1);
    minutes(60, 60, 60, 1);
    assertThat(bursts).isEmpty();
  }

  @Test
  void aNightAndASaleAreNoNews() {
    minutes(120, 8, 8, 1);
    minutes(60, 200, 180, 1);
    assertThat(bursts).isEmpty();
  }

  @Test
  void aLittleLessIsNoNews() {
    minutes(120, 60, 60, .85);
    assertThat(bursts).isEmpty();
  }

  @Test
  void whatNobodyKnowsIsNotNothing() {
    minutes(3, 60, 60, 0);
    int told = bursts.size();
    for (int i = 0; i < 10; i++) {
      bursts.addAll(
          lookout
              .closeMinute(
                  Rails.at(minute),
                  new TallyLeaves(EventKind.WEBHOOK, Map.of()),
                  Rails.at(minute + 1))
              .bursts());
      minute++;
    }
    assertThat(bursts.stream().skip(told))
        .filteredOn(burst -> Slice.of(burst.getRootCells().getFirst().getSlice()).equals(NORTHPAY))
        .noneMatch(burst -> burst.getState() == BurstState.CLOSED);
  }

  @Test
  void whatNeverComesBackIsGivenUpOnce() {
    minutes(OpenBurst.GIVE_UP_MINUTES + 120, 60, 60, 0);
    assertOnlyNorthpay();
    assertThat(bursts.getLast().getState()).isEqualTo(BurstState.CLOSED);
  }

  private void assertOnlyNorthpay() {
    assertThat(bursts.stream().map(Burst::getBurstId).distinct()).hasSize(1);
    assertThat(bursts)
        .allSatisfy(burst -> {
          assertThat(burst.getKpi()).isEqualTo(Kpi.VOLUME);
          assertThat(burst.getRule()).isEqualTo("webhook-volume");
          assertThat(burst.getRootCells())
              .singleElement()
              .satisfies(cell -> assertThat(Slice.of(cell.getSlice())).isEqualTo(NORTHPAY));
        });
  }

  private void minutes(int count, double northAuths, double otherAuths, double northDelivers) {
    for (int i = 0; i < count; i++) {
      Map<Slice, Tally> cells = new HashMap<>();
      deliver("northpay", northDelivers, cells);
      deliver("alpinepay", 1, cells);
      SortedMap<String, Long> causes = new TreeMap<>(authsBefore);
      bursts.addAll(
          lookout
              .closeMinute(
                  Rails.at(minute),
                  new TallyLeaves(EventKind.WEBHOOK, cells, causes),
                  Rails.at(minute + 1))
              .bursts());
      authsBefore.put("northpay", poisson(northAuths));
      authsBefore.put("alpinepay", poisson(otherAuths));
      minute++;
    }
  }

  private void deliver(String psp, double share, Map<Slice, Tally> cells) {
    double mean = authsBefore.getOrDefault(psp, 0L) * PER_AUTH * share;
    Slice leaf = Slice.leaf(psp, null, "eu", "card", null, null, null, null, null);
    for (long i = poisson(mean); i > 0; i--) {
      cells
          .computeIfAbsent(leaf, l -> new Tally())
          .add(EventKind.WEBHOOK, Outcome.DELIVERED, null, 1, "EUR", 100, Tally.NO_LATENCY);
    }
  }

  private long poisson(double mean) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
  }
}
