package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.load.Observed;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.schemas.topic.Topics;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private static final Instant FROM = Instant.parse("2026-11-18T14:00:00Z");
  private static final Duration HOURS = Duration.ofHours(5);
  private static final World WORLD = World.draw(7, 200);
  private static final Observed QUIET = Observed.of(WORLD, List.of(), FROM, HOURS);

  @Test
  void deliveriesComeInTheOrderOfTheirTime() {
    Traffic traffic = new Traffic(WORLD, List.of(), FROM);
    long before = FROM.toEpochMilli();
    for (int i = 0; i < 50_000; i++) {
      long announced = traffic.nextAtMillis();
      Delivery delivery = traffic.next();
      if (delivery.atMillis() != announced || announced < before) {
        throw new AssertionError(
            "%d announced after %d: %s".formatted(announced, before, delivery));
      }
      before = delivery.atMillis();
    }
  }

  @Test
  void sameSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
    assertThat(digest(7)).isEqualTo(digest(7)).isNotEqualTo(digest(8));
  }

  private static String digest(long seed) throws Exception {
    Topics topics = Topics.with(EmbeddedSchemaIds.load(), 1);
    Serializer<AuthEvent> auths = topics.auth().valueSerde().serializer();
    Serializer<WebhookEvent> webhooks = topics.webhook().valueSerde().serializer();
    Traffic traffic = new Traffic(World.draw(seed, 200), List.of(), FROM);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 20_000; i++) {
      Delivery delivery = traffic.next();
      digest.update((delivery.atMillis() + delivery.key()).getBytes());
      switch (delivery.event()) {
        case AuthEvent auth -> digest.update(auths.serialize("", auth));
        case WebhookEvent webhook -> digest.update(webhooks.serialize("", webhook));
        default -> digest.update(delivery.event().toString().getBytes());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void trafficThatStartsLaterIsTheSameTraffic() {
    Instant later = FROM.plus(Duration.ofHours(2));
    Observed started = Observed.of(WORLD, List.of(), later, Duration.ofHours(1));
    Map<String, PaymentStep> known = byId(QUIET.steps(AuthEvent.class));
    List<PaymentStep> steps = started.steps(AuthEvent.class);
    assertThat(steps).hasSizeGreaterThan(10_000);
    assertThat(steps).allMatch(step -> step.equals(known.get(step.getEventId())));
  }

  @Test
  void aDisturbanceChangesOnlyPaymentsItTouches() {
    Slice harbor = Slice.of(Map.of("psp", "harborpay", "region", "us-east"));
    Disturbance outage =
        new Disturbance(
            DisturbanceType.PSP_PARTIAL_OUTAGE,
            harbor,
            FROM.toEpochMilli(),
            FROM.plusSeconds(3_600).toEpochMilli(),
            0.9);
    Observed disturbed = Observed.of(WORLD, List.of(outage), FROM, HOURS);
    assertThat(outsideOf(disturbed).equals(outsideOf(QUIET))).isTrue();
    assertThat(disturbed.equals(QUIET)).isFalse();
  }

  private static Map<String, PaymentStep> outsideOf(Observed observed) {
    return byId(
        observed.steps(AuthEvent.class).stream()
            .filter(s -> !(s.getPsp().equals("harborpay") && s.getRegion().equals("us-east")))
            .toList());
  }

  private static Map<String, PaymentStep> byId(List<PaymentStep> steps) {
    return steps.stream().collect(Collectors.toMap(PaymentStep::getEventId, step -> step));
  }

  @Test
  void attemptsFollowTheExpectationOfTheirWorld() {
    double expected = 0;
    for (int minute = 0; minute < HOURS.toMinutes(); minute++) {
      expected += WORLD.expectedAuthsPerMinute(Slice.TOTAL, FROM.toEpochMilli() + minute * 60_000L);
    }
    assertThat((double) QUIET.steps(AuthEvent.class).size() / expected).isCloseTo(1, within(0.06));
  }

  @Test
  void mostAttemptsSucceedAndTechnicalFailuresAreRare() {
    List<PaymentStep> auths = QUIET.steps(AuthEvent.class);
    assertThat(Observed.rate(auths)).isBetween(0.82, 0.95);
    long technical =
        auths.stream()
            .filter(s -> Set.of(Outcome.ERROR, Outcome.TIMEOUT).contains(s.getOutcome()))
            .count();
    assertThat((double) technical / auths.size()).isBetween(0.001, 0.01);
    assertThat(Observed.rate(QUIET.steps(CaptureEvent.class))).isGreaterThan(0.995);
    assertThat(Observed.rate(QUIET.steps(WebhookEvent.class))).isGreaterThan(0.99);
  }

  @Test
  void everyStepSaysHowItEndedInTermsOfItsKind() {
    for (Delivery delivery : QUIET.deliveries()) {
      PaymentStep step = Observed.step(delivery.event()).findFirst().orElseThrow();
      boolean success =
          Set.of(Outcome.APPROVED, Outcome.SUCCEEDED, Outcome.DELIVERED, Outcome.REQUESTED)
              .contains(step.getOutcome());
      boolean fits =
          (step.getReason() == null) == success
              && step.getPaymentId().equals(delivery.key())
              && step.getEventTime().toEpochMilli() <= delivery.atMillis();
      if (!fits) {
        throw new AssertionError(delivery);
      }
    }
  }

  @Test
  void retriesCountUpWithinTheirPayment() {
    Map<String, Integer> attempts = new HashMap<>();
    int retries = 0;
    List<PaymentStep> inOrder =
        QUIET.steps(AuthEvent.class).stream()
            .sorted((a, b) -> a.getEventTime().compareTo(b.getEventTime()))
            .toList();
    for (PaymentStep step : inOrder) {
      int before = attempts.getOrDefault(step.getPaymentId(), 0);
      if (step.getAttempt() != before + 1) {
        throw new AssertionError("after %d attempts: %s".formatted(before, step));
      }
      attempts.put(step.getPaymentId(), step.getAttempt());
      retries += before == 0 ? 0 : 1;
    }
    assertThat((double) retries / inOrder.size()).isBetween(0.01, 0.10);
  }

  @Test
  void capturesAndRefundsFollowWhatWasApproved() {
    Map<String, Instant> approved =
        QUIET.steps(AuthEvent.class).stream()
            .filter(step -> step.getOutcome() == Outcome.APPROVED)
            .collect(Collectors.toMap(PaymentStep::getPaymentId, PaymentStep::getEventTime));
    List<PaymentStep> captures = QUIET.steps(CaptureEvent.class);
    assertThat(captures).isNotEmpty();
    for (PaymentStep capture : captures) {
      if (!capture.getEventTime().isAfter(approved.get(capture.getPaymentId()))) {
        throw new AssertionError(capture);
      }
    }
    Set<String> captured =
        captures.stream().map(PaymentStep::getPaymentId).collect(Collectors.toSet());
    List<PaymentStep> refunds = QUIET.steps(RefundEvent.class);
    assertThat(refunds).hasSizeGreaterThan(20);
    assertThat(refunds).allMatch(refund -> captured.contains(refund.getPaymentId()));
  }

  @Test
  void someDeliveriesAreRepeatedByteForByteAndSomeComeOutOfOrder() {
    Map<String, Delivery> first = new HashMap<>();
    int repeated = 0;
    int disordered = 0;
    Instant latest = Instant.EPOCH;
    for (Delivery delivery : QUIET.deliveries()) {
      PaymentStep step = Observed.step(delivery.event()).findFirst().orElseThrow();
      Delivery known = first.putIfAbsent(step.getEventId(), delivery);
      if (known != null) {
        repeated++;
        assertThat(delivery.event()).isEqualTo(known.event());
      }
      disordered += step.getEventTime().isBefore(latest.minusSeconds(5)) ? 1 : 0;
      latest = step.getEventTime().isAfter(latest) ? step.getEventTime() : latest;
    }
    double all = QUIET.deliveries().size();
    assertThat(repeated / all).isBetween(0.002, 0.004);
    assertThat(disordered / all).isBetween(0.001, 0.01);
  }

  @Test
  void webhooksLagAndFailedOnesAreDeliveredAgain() {
    List<WebhookEvent> webhooks =
        QUIET.deliveries().stream()
            .map(Delivery::event)
            .filter(WebhookEvent.class::isInstance)
            .map(WebhookEvent.class::cast)
            .toList();
    assertThat(webhooks)
        .allMatch(hook -> hook.getStep().getEventTime().isAfter(hook.getPspEventTime()));
    assertThat(webhooks).anyMatch(hook -> hook.getDeliveryAttempt() > 1);
    List<Long> lags =
        webhooks.stream()
            .filter(hook -> hook.getDeliveryAttempt() == 1)
            .map(h -> Duration.between(h.getPspEventTime(), h.getStep().getEventTime()).toMillis())
            .sorted()
            .toList();
    assertThat(lags.get(lags.size() / 2)).isBetween(2_000L, 3_000L);
    assertThat(lags.get(lags.size() * 95 / 100)).isLessThan(60_000L);
  }
}
