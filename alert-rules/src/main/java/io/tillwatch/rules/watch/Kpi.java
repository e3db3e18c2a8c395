package io.tillwatch.rules.watch;

/** What is measured against its expectation; written lower case in rules. */
public enum Kpi {
  SUCCESS_RATE,
  TECHNICAL_SUCCESS_RATE,
  VOLUME,
  LATENCY,
  REASON_MIX,
  WEBHOOK_LAG,
  WEBHOOK_FAILURE,
  CAPTURE_SUCCESS,
  REFUND_SLA,
  UNKNOWN
}
