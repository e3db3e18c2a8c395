package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import java.util.List;
import java.util.stream.Stream;

/** The fields that the door looks at, and the slots they are read into. */
final class EventFields {

  private static final List<String> STEP =
      List.of(
          "eventId",
          "eventTime",
          "paymentId",
          "attempt",
          "psp",
          "bin",
          "region",
          "issuerCountry",
          "method",
          "scheme",
          "currency",
          "amountMinor",
          "merchantAccount",
          "connectorVersion",
          "threeDs",
          "latencyMillis",
          "outcome",
          "reason",
          "rawCode",
          "attributes");

  static final int EVENT_ID = STEP.indexOf("eventId");
  static final int EVENT_TIME = STEP.indexOf("eventTime");
  static final int PAYMENT_ID = STEP.indexOf("paymentId");
  static final int ATTEMPT = STEP.indexOf("attempt");
  static final int PSP = STEP.indexOf("psp");
  static final int BIN = STEP.indexOf("bin");
  static final int REGION = STEP.indexOf("region");
  static final int ISSUER_COUNTRY = STEP.indexOf("issuerCountry");
  static final int METHOD = STEP.indexOf("method");
  static final int SCHEME = STEP.indexOf("scheme");
  static final int CURRENCY = STEP.indexOf("currency");
  static final int AMOUNT_MINOR = STEP.indexOf("amountMinor");
  static final int MERCHANT_ACCOUNT = STEP.indexOf("merchantAccount");
  static final int CONNECTOR_VERSION = STEP.indexOf("connectorVersion");
  static final int THREE_DS = STEP.indexOf("threeDs");
  static final int LATENCY_MILLIS = STEP.indexOf("latencyMillis");
  static final int OUTCOME = STEP.indexOf("outcome");
  static final int REASON = STEP.indexOf("reason");
  static final int RAW_CODE = STEP.indexOf("rawCode");
  static final int ATTRIBUTES = STEP.indexOf("attributes");

  /** A text that only this kind of event has. */
  static final int OWN_TEXT = STEP.size();

  /** A time that only this kind of event has, from which its latency counts. */
  static final int OWN_TIME = OWN_TEXT + 1;

  private EventFields() {}

  /** Their paths in order of slots. */
  static List<String> of(EventKind kind) {
    return Stream.concat(STEP.stream().map(field -> "step." + field), own(kind).stream()).toList();
  }

  private static List<String> own(EventKind kind) {
    return switch (kind) {
      case AUTH, CAPTURE, SETTLEMENT -> List.of();
      case REFUND -> List.of("refundId", "requestedAt");
      case WEBHOOK -> List.of("pspEventType", "pspEventTime");
      case DISPUTE -> List.of("disputeId");
    };
  }
}
