package io.tillwatch.load.scenario;

import static io.tillwatch.load.Observed.in;
import static io.tillwatch.load.Observed.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.load.Observed;
import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Truth.Happening;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a scenario says is true can be read off the events: seed 11, 600 attempts a minute. */
class GroundTruthTest {

  private static final Instant START = Instant.parse("2026-11-18T15:00:00Z");
  private static final World WORLD = World.draw(11, 600);
  private static final Script INCIDENTS = Scenario.shipped("incidents").script(WORLD, START);
  private static final Observed EVENTS =
      Observed.of(WORLD, INCIDENTS.disturbances(), START, Duration.ofHours(12));

  private static Happening happening(String type) {
    return INCIDENTS.truth().incidents().stream()
        .filter(each -> each.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static List<PaymentStep> steps(
      Class<?> kind, Instant from, Instant to, Predicate<PaymentStep> which) {
    return EVENTS.steps(kind, from, to).stream().filter(which).toList();
  }

  /** The rate in scope falls to that much, and neither it before nor the rest meanwhile does. */
  private static void fallsOnlyInScope(String type, Class<?> kind, double rate) {
    Happening truth = happening(type);
    Predicate<PaymentStep> scope = in(truth.scope(), WORLD);
    Instant before = truth.start().minus(Duration.ofMinutes(10));
    double usual = rate(steps(kind, before, truth.start(), scope));
    double during = rate(steps(kind, truth.start(), truth.end(), scope));
    double elsewhere = rate(steps(kind, truth.start(), truth.end(), scope.negate()));
    double elsewhereBefore = rate(steps(kind, before, truth.start(), scope.negate()));
    assertThat(usual).as("before").isGreaterThan(0.75);
    assertThat(during).as("during").isCloseTo(rate, within(0.08));
    assertThat(elsewhere).as("elsewhere").isCloseTo(elsewhereBefore, within(0.04));
  }

  @Test
  void aPspOutageFailsThatPsp() {
    fallsOnlyInScope("psp_outage", AuthEvent.class, 0.03);
  }

  @Test
  void aPartialOutageFailsOnePspInOneRegion() {
    fallsOnlyInScope("psp_partial_outage", AuthEvent.class, 0.08);
  }

  @Test
  void anIssuerOutageFailsOneBinRangeAsUnavailable() {
    fallsOnlyInScope("issuer_outage", AuthEvent.class, 0.08);
    Happening truth = happening("issuer_outage");
    List<PaymentStep> steps =
        steps(AuthEvent.class, truth.start(), truth.end(), in(truth.scope(), WORLD));
    double unavailable =
        steps.stream().filter(step -> step.getReason() == Reason.ISSUER_UNAVAILABLE).count();
    assertThat(unavailable / steps.size()).isGreaterThan(0.6);
  }

  @Test
  void aRegionalOutageFailsPartOfOneRegion() {
    fallsOnlyInScope("regional_connectivity", AuthEvent.class, 0.33);
  }

  @Test
  void aBadDeployFailsTheNewVersionAndIsAnnounced() {
    fallsOnlyInScope("deploy_regression", AuthEvent.class, 0.37);
    Happening truth = happening("deploy_regression");
    assertThat(events(ChangeEvent.class))
        .anySatisfy(change -> {
          assertThat(change.getEventTime()).isEqualTo(truth.start());
          assertThat(change.getScope()).isEqualTo(truth.scope());
        });
    Predicate<PaymentStep> canary = in(Map.of("connectorVersion", World.CANARY), WORLD);
    double share =
        (double) steps(AuthEvent.class, truth.start(), truth.end(), canary).size()
            / steps(AuthEvent.class, truth.start(), truth.end(), step -> true).size();
    assertThat(share).isCloseTo(0.4, within(0.06));
  }

  @Test
  void aCaptureFailureFailsCapturesAndNoAuthorisation() {
    fallsOnlyInScope("capture_failure", CaptureEvent.class, 0.3);
    Happening truth = happening("capture_failure");
    assertThat(rate(steps(AuthEvent.class, truth.start(), truth.end(), in(truth.scope(), WORLD))))
        .isGreaterThan(0.75);
  }

  @Test
  void failingWebhooksAreRefusedDeliveries() {
    fallsOnlyInScope("webhook_delivery_failure", WebhookEvent.class, 0.2);
  }

  @Test
  void aWebhookBacklogIsSilenceAndThenAFlood() {
    Happening truth = happening("webhook_backlog");
    Predicate<PaymentStep> scope = in(truth.scope(), WORLD);
    Duration length = Duration.between(truth.start(), truth.end());
    Instant late = truth.start().plus(Duration.ofMinutes(2));
    int silent = steps(WebhookEvent.class, late, truth.end(), scope).size();
    int usual = steps(WebhookEvent.class, truth.start().minus(length), truth.start(), scope).size();
    Instant after = truth.end().plus(Duration.ofMinutes(1));
    int flood = steps(WebhookEvent.class, truth.end(), after, scope).size();
    assertThat(silent).isLessThan(usual / 20);
    assertThat(flood).isGreaterThan(usual / 2);
  }

  @Test
  void aSlowPspIsSlowAndFailsNoMore() {
    Happening truth = happening("psp_latency");
    Predicate<PaymentStep> scope = in(truth.scope(), WORLD);
    Instant before = truth.start().minus(Duration.ofMinutes(20));
    List<PaymentStep> usual = steps(AuthEvent.class, before, truth.start(), scope);
    List<PaymentStep> during = steps(AuthEvent.class, truth.start(), truth.end(), scope);
    assertThat(medianLatency(during) / medianLatency(usual)).isCloseTo(3, within(0.4));
    assertThat(rate(during)).isCloseTo(rate(usual), within(0.05));
  }

  private static double medianLatency(List<PaymentStep> steps) {
    List<Integer> sorted = steps.stream().map(PaymentStep::getLatencyMillis).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  @Test
  void cardTestingIsMuchTrafficThatFails() {
    Happening truth = happening("card_testing_attack");
    Predicate<PaymentStep> scope = in(truth.scope(), WORLD);
    Instant before = truth.start().minus(Duration.ofMinutes(15));
    List<PaymentStep> usual = steps(AuthEvent.class, before, truth.start(), scope);
    List<PaymentStep> during = steps(AuthEvent.class, truth.start(), truth.end(), scope);
    assertThat((double) during.size() / usual.size()).isBetween(5.0, 14.0);
    assertThat(rate(during)).isLessThan(0.4);
  }

  @Test
  void aRetryStormIsTheSamePaymentsAgainAndAgain() {
    Happening truth = happening("retry_storm");
    Predicate<PaymentStep> scope = in(truth.scope(), WORLD);
    List<PaymentStep> during = steps(AuthEvent.class, truth.start(), truth.end(), scope);
    double retries = during.stream().filter(step -> step.getAttempt() > 1).count();
    assertThat(retries / during.size()).isGreaterThan(0.2);
    assertThat(during).anyMatch(step -> step.getAttempt() > 6);
  }

  @Test
  void aSlowDriftSinksToItsEnd() {
    Happening truth = happening("slow_drift");
    Predicate<PaymentStep> scope = in(truth.scope(), WORLD);
    Instant early = truth.start().plus(Duration.ofMinutes(10));
    Instant sofar = START.plus(Duration.ofHours(12));
    double first = rate(steps(AuthEvent.class, truth.start(), early, scope));
    double last = rate(steps(AuthEvent.class, sofar.minus(Duration.ofMinutes(10)), sofar, scope));
    assertThat(last).isLessThan(first);
  }

  @Test
  void aPspOwnsUpOnItsStatusPageAfterAWhile() {
    Happening truth = happening("psp_outage");
    assertThat(events(StatusEvent.class))
        .anySatisfy(notice -> {
          assertThat(notice.getPsp()).isEqualTo(truth.scope().get("psp"));
          assertThat(notice.getStartedAt()).isEqualTo(truth.start());
          assertThat(notice.getEventTime()).isBetween(truth.start(), truth.end());
        });
  }

  private static <T> List<T> events(Class<T> type) {
    return EVENTS.deliveries().stream()
        .map(Delivery::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
