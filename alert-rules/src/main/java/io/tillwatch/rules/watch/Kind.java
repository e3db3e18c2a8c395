package io.tillwatch.rules.watch;

/** Kind of payment event; written lower case in rules. */
public enum Kind {
  AUTH,
  CAPTURE,
  REFUND,
  WEBHOOK,
  SETTLEMENT,
  DISPUTE
}
