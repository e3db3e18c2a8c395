package io.tillwatch.schemas;

import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import java.time.Instant;
import java.util.Map;

/** Events that tests start from. */
public final class Events {

  private Events() {}

  /** A declined card attempt with a value in every field. */
  public static AuthEvent auth() {
    return new AuthEvent(step().build());
  }

  /** What {@link #auth()} is made of. */
  public static PaymentStep.Builder step() {
    return PaymentStep.newBuilder()
        .setEventId("ev-000001")
        .setEventTime(Instant.ofEpochMilli(1_790_000_000_000L))
        .setPaymentId("pay-000001")
        .setAttempt(2)
        .setPsp("northpay")
        .setBin("41111111")
        .setRegion("eu-west")
        .setIssuerCountry("DE")
        .setMethod("card")
        .setScheme("visa")
        .setCurrency("EUR")
        .setAmountMinor(1250)
        .setMerchantAccount("shop-de")
        .setConnectorVersion("2.4.1")
        .setThreeDs(true)
        .setLatencyMillis(120)
        .setOutcome(Outcome.DECLINED)
        .setReason(Reason.DO_NOT_HONOR)
        .setRawCode("05")
        .setAttributes(Map.of("channel", "web"));
  }
}
