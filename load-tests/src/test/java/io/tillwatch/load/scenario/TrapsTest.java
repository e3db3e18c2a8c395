package io.tillwatch.load.scenario;

import static io.tillwatch.load.Observed.in;
import static io.tillwatch.load.Observed.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.load.Observed;
import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Truth.Happening;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.PaymentStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Traps look unusual and harm nobody: seed 11, 600 attempts a minute. */
class TrapsTest {

  private static final Instant START = Instant.parse("2026-11-18T15:00:00Z");
  private static final World WORLD = World.draw(11, 600);
  private static final Script TRAPS = Scenario.shipped("traps").script(WORLD, START);
  private static final Observed EVENTS =
      Observed.of(WORLD, TRAPS.disturbances(), START, Duration.ofHours(4));
  private static final Observed QUIET = Observed.of(WORLD, List.of(), START, Duration.ofHours(4));

  private static Happening trap(String type, int number) {
    return TRAPS.truth().traps().stream()
        .filter(each -> each.type().equals(type))
        .toList()
        .get(number);
  }

  private static List<PaymentStep> during(
      Observed observed, Happening trap, Predicate<PaymentStep> which) {
    return observed.steps(AuthEvent.class, trap.start(), trap.end()).stream()
        .filter(which)
        .toList();
  }

  @Test
  void aVolumeSpikeIsMoreOfTheSame() {
    Happening spike = trap("volume_spike", 0);
    List<PaymentStep> busy = during(EVENTS, spike, step -> true);
    List<PaymentStep> usual = during(QUIET, spike, step -> true);
    assertThat((double) busy.size() / usual.size()).isCloseTo(3, within(0.2));
    assertThat(rate(busy)).isCloseTo(rate(usual), within(0.02));
  }

  @Test
  void aSpikeOfOneMerchantLeavesTheOthersAlone() {
    Happening spike = trap("volume_spike", 1);
    Predicate<PaymentStep> scope = in(spike.scope(), WORLD);
    double factor =
        (double) during(EVENTS, spike, scope).size() / during(QUIET, spike, scope).size();
    assertThat(factor).isCloseTo(4, within(0.4));
    assertThat(during(EVENTS, spike, scope.negate()))
        .hasSameSizeAs(during(QUIET, spike, scope.negate()));
  }

  @Test
  void aMixShiftMovesTheOverallRateAndNoCell() {
    Happening shift = trap("mix_shift", 0);
    Predicate<PaymentStep> latam = in(shift.scope(), WORLD);
    List<PaymentStep> shifted = during(EVENTS, shift, step -> true);
    List<PaymentStep> usual = during(QUIET, shift, step -> true);
    assertThat(rate(shifted)).isLessThan(rate(usual) - 0.01);
    assertThat(rate(during(EVENTS, shift, latam)))
        .isCloseTo(rate(during(QUIET, shift, latam)), within(0.02));
    assertThat(rate(during(EVENTS, shift, latam.negate())))
        .isEqualTo(rate(during(QUIET, shift, latam.negate())));
  }

  @Test
  void aNoisyCellIsOnePayerWhoFailsAgainAndAgain() {
    Happening noisy = trap("noisy_cell", 0);
    Predicate<PaymentStep> cell = in(noisy.scope(), WORLD);
    List<String> before = during(QUIET, noisy, cell).stream().map(PaymentStep::getEventId).toList();
    List<PaymentStep> extra =
        during(EVENTS, noisy, cell).stream()
            .filter(step -> !before.contains(step.getEventId()))
            .toList();
    assertThat(extra).hasSize(9);
    assertThat(extra)
        .extracting(PaymentStep::getPaymentId)
        .containsOnly(extra.getFirst().getPaymentId());
    assertThat(rate(extra)).isZero();
  }

  @Test
  void aBenignDeployMovesTrafficToTheNewVersionAndHarmsNobody() {
    Happening deploy = trap("benign_deploy", 0);
    Predicate<PaymentStep> canary = in(Map.of("connectorVersion", World.CANARY), WORLD);
    List<PaymentStep> all = during(EVENTS, deploy, step -> true);
    List<PaymentStep> onCanary = during(EVENTS, deploy, canary);
    assertThat((double) onCanary.size() / all.size()).isCloseTo(0.5, within(0.03));
    assertThat(rate(onCanary)).isCloseTo(rate(all), within(0.01));
  }
}
