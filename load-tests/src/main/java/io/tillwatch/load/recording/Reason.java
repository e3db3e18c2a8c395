package io.tillwatch.load.recording;

import java.util.Locale;

/** Why an attempt failed: the columns of {@code declines.csv}, in order. */
enum Reason {
  INSUFFICIENT_FUNDS,
  DO_NOT_HONOR,
  SUSPECTED_FRAUD,
  ISSUER_UNAVAILABLE,
  INVALID_DATA,
  TIMEOUT;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
