package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.load.Observed;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: what fails under a disturbance fails in its place, as often and for the reason it says. */
class DisturbancesTest {

  private static final Instant FROM = Instant.parse("2026-11-18T14:00:00Z");
  private static final Duration LENGTH = Duration.ofMinutes(30);
  private static final World WORLD = World.draw(7, 200);

  private static Observed under(DisturbanceType type, Map<String, String> scope, double strength) {
    Disturbance what =
        new Disturbance(
            type, Slice.of(scope), FROM.toEpochMilli(), FROM.plus(LENGTH).toEpochMilli(), strength);
    return Observed.of(WORLD, List.of(what), FROM, LENGTH);
  }

  @ParameterizedTest
  @CsvSource({
    "NETWORK_OR_3DS_OUTAGE, scheme, visa, ISSUER_UNAVAILABLE, 0.6",
    "NETWORK_OR_3DS_OUTAGE, threeDs, yes, SCA_FAILED, 0.6",
    "CONFIGURATION_OR_ROUTING, merchantAccount, lumen-shop, CONFIGURATION, 0.56",
    "CREDENTIAL_OR_CERTIFICATE_EXPIRY, psp, northpay, CONFIGURATION, 0.8",
    "RATE_LIMITED, psp, northpay, RATE_LIMITED, 0.8",
    "UNEXPLAINED, region, eu-west, UNKNOWN, 0.48"
  })
  void attemptsFailInItsPlaceForItsReason(
      DisturbanceType type, String dimension, String value, Reason reason, double share) {
    Map<String, String> scope = Map.of(dimension, value);
    List<PaymentStep> auths = under(type, scope, 0.8).steps(AuthEvent.class);
    Predicate<PaymentStep> inside =
        dimension.equals("threeDs")
            ? step -> Boolean.TRUE.equals(step.getThreeDs())
            : Observed.in(scope, WORLD);
    List<PaymentStep> within = auths.stream().filter(inside).toList();

    assertThat(shareOf(reason, within)).isCloseTo(share, within(0.05));
    assertThat(shareOf(reason, auths.stream().filter(inside.negate()).toList())).isLessThan(0.03);
  }

  private static double shareOf(Reason reason, List<PaymentStep> steps) {
    return (double) steps.stream().filter(step -> step.getReason() == reason).count()
        / steps.size();
  }

  @Test
  void anIssuerDeclinesMoreAndGivesABusinessReason() {
    String range = WORLD.values(Dimension.BIN_RANGE).getFirst();
    Map<String, String> scope = Map.of("binRange", range);
    List<PaymentStep> within =
        under(DisturbanceType.ISSUER_POLICY_CHANGE, scope, 0.6).steps(AuthEvent.class).stream()
            .filter(Observed.in(scope, WORLD))
            .toList();

    assertThat(shareOf(Reason.DO_NOT_HONOR, within)).isCloseTo(0.46, within(0.08));
    assertThat(shareOf(Reason.NOT_PERMITTED, within)).isCloseTo(0.16, within(0.06));
  }

  @Test
  void whatDoesNotReachUsIsSeenByNobodyAndOthersAreAsTheyWere() {
    Observed gap = under(DisturbanceType.TELEMETRY_GAP, Map.of("region", "latam"), 1);
    Observed quiet = Observed.of(WORLD, List.of(), FROM, LENGTH);

    for (Class<?> kind : List.of(AuthEvent.class, CaptureEvent.class, WebhookEvent.class)) {
      assertThat(gap.steps(kind))
          .containsExactlyInAnyOrderElementsOf(
              quiet.steps(kind).stream()
                  .filter(step -> !step.getRegion().equals("latam"))
                  .toList());
    }
  }
}
