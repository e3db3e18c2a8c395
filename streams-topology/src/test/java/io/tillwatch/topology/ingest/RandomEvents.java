package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** Events of every kind, usual ones and such as a rule refuses, the same for the same seed. */
final class RandomEvents {

  static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private static final String PAN = "4111111111111111";

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "none",
          "unknown",
          "visa",
          PAN,
          "ref" + PAN,
          "4111 1111 1111 1111",
          "p-4111-1111-1111-1111",
          "41111111-1111-1111-4111-111111111111",
          "4111111111111111abcdefabcdefabcd",
          "x".repeat(64),
          "x".repeat(65),
          "x".repeat(128),
          "x".repeat(129),
          "ü".repeat(64),
          "ü".repeat(100),
          "tab\there",
          "del\u007f",
          "nel\u0085",
          "１２３４５６７８９０１２",
          "٤١١١١١١١١١١١١١١١",
          "日本",
          "a😀b",
          "Shop No. 7 / Berlin",
          "20261120-000123456789",
          "1790000000000");

  private static final List<String> ODD_BINS =
      List.of("411111", "4111111", "41111111", "00000000", "000000", "99999999", "4111111I", PAN);

  private final Random random;

  RandomEvents(long seed) {
    this.random = new Random(seed);
  }

  /** An event of this kind; half of them as a producer should send them. */
  SpecificRecord next(EventKind kind) {
    PaymentStep.Builder step = usual(kind);
    if (random.nextBoolean()) {
      spoil(step);
    }
    if (random.nextInt(8) == 0) {
      spoil(step);
    }
    Instant before = NOW.minusMillis(random.nextInt(90_000));
    String own = random.nextInt(6) == 0 ? odd() : "own-" + random.nextInt(50);
    return of(kind, step.build(), own, odd(before));
  }

  /** An event of this kind. */
  static SpecificRecord of(EventKind kind, PaymentStep step, String own, Instant ownTime) {
    return switch (kind) {
      case AUTH -> new AuthEvent(step);
      case CAPTURE -> new CaptureEvent(step);
      case REFUND -> new RefundEvent(step, own, ownTime);
      case WEBHOOK -> new WebhookEvent(step, own, ownTime, 1, null);
      case SETTLEMENT -> new SettlementEvent(step, 5L, 6L, 7L, 8L);
      case DISPUTE -> new DisputeEvent(step, own, null);
    };
  }

  /** As a producer should send it, in one of several makes of ids. */
  PaymentStep.Builder usual(EventKind kind) {
    return PaymentStep.newBuilder()
        .setEventId(id())
        .setEventTime(NOW.minusMillis(random.nextInt(60_000)))
        .setPaymentId(id())
        .setAttempt(1 + random.nextInt(3))
        .setPsp("psp-" + random.nextInt(8))
        .setBin(random.nextInt(8) == 0 ? null : "4" + (1_000_000 + random.nextInt(40)))
        .setRegion("region-" + random.nextInt(12))
        .setIssuerCountry(random.nextInt(3) == 0 ? null : pick(List.of("DE", "FR", "BR")))
        .setMethod(random.nextInt(5) == 0 ? "wallet" : "card")
        .setScheme(random.nextInt(3) == 0 ? null : pick(List.of("visa", "mastercard")))
        .setCurrency(pick(List.of("EUR", "USD", "BRL")))
        .setAmountMinor(random.nextInt(100_000))
        .setMerchantAccount(random.nextInt(3) == 0 ? null : "shop-" + random.nextInt(20))
        .setConnectorVersion(random.nextInt(3) == 0 ? null : "2.4." + random.nextInt(3))
        .setThreeDs(random.nextInt(3) == 0 ? null : random.nextBoolean())
        .setLatencyMillis(random.nextInt(4) == 0 ? null : random.nextInt(3_000))
        .setOutcome(pick(outcomes(kind)))
        .setReason(random.nextInt(4) == 0 ? Reason.DO_NOT_HONOR : null)
        .setRawCode(random.nextInt(4) == 0 ? "05" : null);
  }

  private static List<Outcome> outcomes(EventKind kind) {
    return switch (kind) {
      case AUTH -> List.of(Outcome.APPROVED, Outcome.DECLINED, Outcome.TIMEOUT);
      case CAPTURE -> List.of(Outcome.SUCCEEDED, Outcome.FAILED);
      case REFUND -> List.of(Outcome.SUCCEEDED, Outcome.REQUESTED);
      case WEBHOOK -> List.of(Outcome.DELIVERED, Outcome.FAILED);
      case SETTLEMENT -> List.of(Outcome.REPORTED);
      case DISPUTE -> List.of(Outcome.OPENED, Outcome.WON);
    };
  }

  private String id() {
    String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
    return switch (random.nextInt(4)) {
      case 0 -> "evt-" + random.nextInt(1_000_000);
      case 1 -> uuid.replace("-", "");
      case 2 -> "pay_" + (202_603_020_000_000L + random.nextInt(1_000_000_000));
      default -> uuid;
    };
  }

  private void spoil(PaymentStep.Builder step) {
    switch (random.nextInt(18)) {
      case 0 -> step.setEventId(odd());
      case 1 -> step.setPaymentId(odd());
      case 2 -> step.setPsp(odd());
      case 3 -> step.setRegion(odd());
      case 4 -> step.setMethod(odd());
      case 5 -> step.setScheme(odd());
      case 6 -> step.setMerchantAccount(odd());
      case 7 -> step.setConnectorVersion(odd());
      case 8 -> step.setRawCode(odd());
      case 9 -> step.setIssuerCountry(pick(List.of("de", "XX", "", "GB", "none")));
      case 10 -> step.setCurrency(pick(List.of("eur", "ZZZ", "", "JPY", "none")));
      case 11 -> step.setBin(pick(random.nextBoolean() ? ODD_BINS : ODD_TEXTS));
      case 12 -> step.setAttempt(pick(List.of(0, -1, 10_000, 10_001, Integer.MAX_VALUE)));
      case 13 -> step.setAmountMinor(pick(List.of(-1L, 0L, Long.MIN_VALUE, EventRules.AMOUNT_MAX)));
      case 14 -> step.setLatencyMillis(pick(List.of(-5, 0, 86_400_000, 86_400_001)));
      case 15 -> step.setOutcome(pick(List.of(Outcome.values())));
      case 16 -> step.setEventTime(odd(NOW.plus(Duration.ofMinutes(random.nextInt(10)))));
      default -> step.setAttributes(attributes());
    }
  }

  private Instant odd(Instant time) {
    return switch (random.nextInt(12)) {
      case 0 -> Instant.EPOCH;
      case 1 -> Instant.ofEpochMilli(Long.MIN_VALUE);
      case 2 -> Instant.ofEpochMilli(Long.MAX_VALUE);
      default -> time;
    };
  }

  private Map<String, String> attributes() {
    return switch (random.nextInt(6)) {
      case 0 -> Map.of("note", PAN, "cvv", "123");
      case 1 -> Map.of("channel", "web", "pan", "123456789012");
      case 2 -> Map.of("key" + odd(), odd());
      case 3 -> Map.of("blob", "x".repeat(256 + random.nextInt(2)));
      case 4 -> many(EventRules.ATTRIBUTES_MAX + random.nextInt(2));
      default -> Map.of("channel", "web");
    };
  }

  private static Map<String, String> many(int count) {
    Map<String, String> many = new HashMap<>();
    for (String name : Collections.nCopies(count, "k")) {
      many.put(name + many.size(), "v");
    }
    return many;
  }

  private String odd() {
    return pick(ODD_TEXTS);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
