package io.tillwatch.load.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Goal: an event does what its label says, where it says, and nothing else. Method: the last minute
 * of each event of a kind beside the same minute without it, before chance.
 */
class ImpactTest {

  private static final RecordingSettings SETTINGS = new RecordingSettings(5, 1, 7, 700, Set.of());

  private final Tenant tenant = new Tenant(SETTINGS.seed());
  private final List<PlannedEvent> events = EventPlan.draw(SETTINGS, tenant);
  private final Climate climate = new Climate(SETTINGS);
  private final Minute usual = new Minute(tenant);
  private final Minute changed = new Minute(tenant);

  private List<PlannedEvent> of(EventKind kind) {
    List<PlannedEvent> found = events.stream().filter(event -> event.kind() == kind).toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private void happen(PlannedEvent event) {
    int last = event.end() - 1;
    usual.begin(last, SETTINGS.volume(), climate);
    changed.begin(last, SETTINGS.volume(), climate);
    event.on(changed, last);
  }

  private static double[] all(IntToDoubleFunction ofLeaf) {
    double[] values = new double[Cube.LEAVES];
    Arrays.setAll(values, ofLeaf);
    return values;
  }

  private double attempts(Minute minute, Cell cell) {
    return IntStream.range(0, Cube.LEAVES).filter(cell::holds).mapToDouble(minute::attempts).sum();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ANY,
      names = "PSP_.*|ISSUER_.*|REGION_.*|DEPLOY_.*|SLOW_DRIFT|MULTI")
  void lostSuccessIsInTheLabelledLeavesAndNowhereElse(EventKind kind) {
    for (PlannedEvent event : of(kind)) {
      happen(event);
      for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
        int each = leaf;
        long causes = event.cast().causes().stream().filter(cell -> cell.holds(each)).count();
        if (causes == 0) {
          assertThat(changed.success(leaf)).isEqualTo(usual.success(leaf));
        } else {
          assertThat(logit(usual.success(leaf)) - logit(changed.success(leaf)))
              .isBetween(0.39, 7.01);
        }
      }
    }
  }

  private static double logit(double share) {
    return Math.log(share / (1 - share));
  }

  @ParameterizedTest
  @EnumSource(names = {"PSP_OUTAGE_FULL", "PSP_PARTIAL", "PSP_BIN", "SLOW_DRIFT"})
  void theShiftIsTheOneOfTheLabel(EventKind kind) {
    for (PlannedEvent event : of(kind)) {
      happen(event);
      Cell cause = event.cast().causes().getFirst();
      int leaf = IntStream.range(0, Cube.LEAVES).filter(cause::holds).findFirst().orElseThrow();
      double shift = (double) event.cast().parameters().getOrDefault("logit", Double.NaN);
      assertThat(logit(usual.success(leaf)) - logit(changed.success(leaf)))
          .isCloseTo(shift, within(1e-6));
    }
  }

  @Test
  void aSlowDriftBeginsWithNextToNothing() {
    PlannedEvent event = of(EventKind.SLOW_DRIFT).getFirst();
    Cell cause = event.cast().causes().getFirst();
    int leaf = IntStream.range(0, Cube.LEAVES).filter(cause::holds).findFirst().orElseThrow();
    usual.begin(event.start(), SETTINGS.volume(), climate);
    changed.begin(event.start(), SETTINGS.volume(), climate);
    event.on(changed, event.start());
    assertThat(logit(usual.success(leaf)) - logit(changed.success(leaf))).isBetween(0.001, 0.02);
  }

  @Test
  void cardTestsAreAddedToTheirCell() {
    for (PlannedEvent event : of(EventKind.CARD_TESTING)) {
      happen(event);
      Cell cause = event.cast().causes().getFirst();
      double times = (double) event.cast().parameters().getOrDefault("mult", Double.NaN);
      for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
        double added = cause.holds(leaf) ? (times - 1) * usual.attempts(leaf) : 0;
        assertThat(changed.tested(leaf)).isCloseTo(added, within(1e-9));
        assertThat(changed.success(leaf)).isEqualTo(usual.success(leaf));
      }
      assertThat(changed.testedSuccess()).isBetween(0.1, 0.25);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "MIX.*|LOWVOL.*|BENIGN.*|FLASH.*|ROUTING.*|HOLIDAY")
  void aTrapMovesTrafficAndLeavesTheRateOfEachLeafAsItIs(EventKind kind) {
    for (PlannedEvent event : of(kind)) {
      happen(event);
      assertThat(all(changed::success)).isEqualTo(all(usual::success));
      assertThat(all(changed::tested)).containsOnly(0);
      boolean moved = !Arrays.equals(all(changed::attempts), all(usual::attempts));
      boolean retried = IntStream.range(0, Cube.LEAVES).anyMatch(leaf -> changed.retries(leaf) > 0);
      assertThat(moved).isEqualTo(kind != EventKind.LOWVOL_BURST);
      assertThat(retried).isEqualTo(kind == EventKind.LOWVOL_BURST);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BENIGN_DEPLOY", "ROUTING_CHANGE", "DEPLOY_REGRESSION"})
  void movedTrafficIsNotLost(EventKind kind) {
    for (PlannedEvent event : of(kind)) {
      happen(event);
      assertThat(attempts(changed, Cell.ALL)).isCloseTo(attempts(usual, Cell.ALL), within(1e-6));
      double share = (double) event.cast().parameters().getOrDefault("share", Double.NaN);
      if (kind == EventKind.ROUTING_CHANGE) {
        Cell from = event.cast().causes().getFirst();
        assertThat(attempts(changed, from))
            .isCloseTo((1 - share) * attempts(usual, from), within(1e-6));
      } else {
        assertThat(attempts(changed, Cell.ofCanary()) / attempts(changed, Cell.ALL))
            .isCloseTo(share, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "LATENCY|WEBHOOK.*|DECLINE.*")
  void aSideEventShowsInItsOwnMeasureOnly(EventKind kind) {
    for (PlannedEvent event : of(kind)) {
      happen(event);
      assertThat(all(changed::success)).isEqualTo(all(usual::success));
      assertThat(all(changed::attempts)).isEqualTo(all(usual::attempts));
      int psp = event.cast().causes().getFirst().psp();
      boolean slow =
          IntStream.range(0, Cube.REGIONS).anyMatch(r -> changed.latencyFactor(psp, r) > 1.5);
      assertThat(slow).isEqualTo(kind == EventKind.LATENCY);
      assertThat(changed.delivered(psp) < 1).isEqualTo(kind == EventKind.WEBHOOK_BACKLOG);
      assertThat(changed.isSilent(psp)).isEqualTo(kind == EventKind.WEBHOOK_SILENCE);
      assertThat(changed.moved(psp) != null).isEqualTo(kind == EventKind.DECLINE_SHIFT);
      int another = (psp + 1) % Cube.PSPS;
      assertThat(changed.latencyFactor(another, 0)).isEqualTo(1);
      assertThat(changed.delivered(another)).isEqualTo(1);
    }
  }
}
