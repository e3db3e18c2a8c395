package io.tillwatch.load.replay;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A field of an event that a mapping can fill. */
enum Field {
  EVENT_ID("eventId", true),
  EVENT_TIME("eventTime", true),
  PAYMENT_ID("paymentId", false),
  ATTEMPT("attempt", false),
  PSP("psp", true),
  BIN("bin", false),
  REGION("region", true),
  ISSUER_COUNTRY("issuerCountry", false),
  METHOD("method", false),
  SCHEME("scheme", false),
  CURRENCY("currency", true),
  AMOUNT_MINOR("amountMinor", true),
  MERCHANT_ACCOUNT("merchantAccount", false),
  CONNECTOR_VERSION("connectorVersion", false),
  THREE_DS("threeDs", false),
  LATENCY_MILLIS("latencyMillis", false),
  OUTCOME("outcome", true),
  REASON("reason", false),
  RAW_CODE("rawCode", false),
  REFUND_ID("refundId", false),
  REQUESTED_AT("requestedAt", false),
  PSP_EVENT_TYPE("pspEventType", false),
  PSP_EVENT_TIME("pspEventTime", false),
  DELIVERY_ATTEMPT("deliveryAttempt", false),
  HTTP_STATUS("httpStatus", false);

  private static final Set<Field> TIMES = Set.of(EVENT_TIME, REQUESTED_AT, PSP_EVENT_TIME);

  private final String label;
  private final boolean required;

  Field(String label, boolean required) {
    this.label = label;
    this.required = required;
  }

  /** The name in mappings, which is the one in the event schemas. */
  String label() {
    return label;
  }

  boolean isRequired() {
    return required;
  }

  boolean isTime() {
    return TIMES.contains(this);
  }

  static Optional<Field> byLabel(String label) {
    return Arrays.stream(values()).filter(field -> field.label.equals(label)).findFirst();
  }
}
