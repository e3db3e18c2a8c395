package io.tillwatch.load.peers;

import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import java.time.Instant;

/** Events as they are on the topic. */
public final class Events {

  /** Start of a minute. */
  public static final long MINUTE = 1_700_000_040_000L;

  private static final AvroSerde<AuthEvent> SERDE =
      new AvroSerde<>(AuthEvent.class, "payments.auth-value", EmbeddedSchemaIds.load());

  private Events() {}

  /** A framed event. */
  public static byte[] frame(long timeMillis, String psp, String bin, String region) {
    return SERDE.toBytes(
        new AuthEvent(
            PaymentStep.newBuilder()
                .setEventId("e-1")
                .setEventTime(Instant.ofEpochMilli(timeMillis))
                .setPaymentId("p-1")
                .setPsp(psp)
                .setBin(bin)
                .setRegion(region)
                .setCurrency("EUR")
                .setAmountMinor(4_200)
                .setLatencyMillis(240)
                .setOutcome(Outcome.APPROVED)
                .build()));
  }

  /** An event that was read. */
  public static AuthFields read(long timeMillis, String psp, String bin, String region) {
    AuthFields event = new AuthFields();
    event.read(frame(timeMillis, psp, bin, region));
    return event;
  }
}
