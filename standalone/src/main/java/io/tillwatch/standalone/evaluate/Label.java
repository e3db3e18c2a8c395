package io.tillwatch.standalone.evaluate;

import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.slice.Slice;
import java.time.Instant;
import java.util.Locale;

/**
 * What really happened.
 *
 * @param incidentClass what broke
 * @param owner whose it was to mend
 * @param scope where
 * @param start first moment
 * @param end first moment after it
 */
record Label(IncidentClass incidentClass, Owner owner, Slice scope, Instant start, Instant end) {

  /** For example {@code psp_outage@psp=northpay}. */
  String cause() {
    return word(incidentClass) + "@" + scope;
  }

  /** The word on screens and in files. */
  static String word(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
