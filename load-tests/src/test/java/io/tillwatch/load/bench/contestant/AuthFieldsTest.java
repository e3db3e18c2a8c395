package io.tillwatch.load.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Goal: what is read by hand is what Avro wrote. */
class AuthFieldsTest {

  private final AvroSerde<AuthEvent> serde =
      new AvroSerde<>(AuthEvent.class, "payments.auth-value", EmbeddedSchemaIds.load());
  private final AuthFields fields = new AuthFields();

  private static PaymentStep.Builder step() {
    return PaymentStep.newBuilder()
        .setEventId("e-1")
        .setEventTime(Instant.ofEpochMilli(1_700_000_000_123L))
        .setPaymentId("p-1")
        .setPsp("northpay")
        .setRegion("eu-west")
        .setCurrency("EUR")
        .setAmountMinor(123_456_789_012L)
        .setOutcome(Outcome.APPROVED);
  }

  private void read(PaymentStep.Builder step) {
    fields.read(serde.toBytes(new AuthEvent(step.build())));
  }

  private String text(int from, int length) {
    return new String(fields.frame, from, length, StandardCharsets.UTF_8);
  }

  @Test
  void everyFieldIsRead() {
    read(
        step()
            .setAttempt(2)
            .setBin("41111111")
            .setIssuerCountry("DE")
            .setScheme("visa")
            .setThreeDs(true)
            .setLatencyMillis(312)
            .setOutcome(Outcome.DECLINED)
            .setReason(Reason.DO_NOT_HONOR));
    assertThat(fields.eventTimeMillis).isEqualTo(1_700_000_000_123L);
    assertThat(fields.attempt).isEqualTo(2);
    assertThat(text(fields.pspFrom, fields.pspLength)).isEqualTo("northpay");
    assertThat(text(fields.binFrom, fields.binLength)).isEqualTo("41111111");
    assertThat(text(fields.regionFrom, fields.regionLength)).isEqualTo("eu-west");
    assertThat(text(fields.currencyFrom, fields.currencyLength)).isEqualTo("EUR");
    assertThat(fields.amountMinor).isEqualTo(123_456_789_012L);
    assertThat(fields.latencyMillis).isEqualTo(312);
    assertThat(fields.outcome).isEqualTo(Outcome.DECLINED.ordinal());
    assertThat(fields.reason).isEqualTo(Reason.DO_NOT_HONOR.ordinal());
  }

  @Test
  void whatMayBeAbsentIsAbsent() {
    read(step());
    assertThat(fields.binLength).isZero();
    assertThat(fields.latencyMillis).isEqualTo(-1);
    assertThat(fields.reason).isEqualTo(-1);
    assertThat(fields.attempt).isOne();
  }
}
