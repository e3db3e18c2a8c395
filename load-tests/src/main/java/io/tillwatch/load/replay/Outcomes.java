package io.tillwatch.load.replay;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which outcomes each kind of event may carry, and which of them is the success. */
final class Outcomes {

  private Outcomes() {}

  static Set<Outcome> of(EventKind kind) {
    return switch (kind) {
      case AUTH ->
          EnumSet.of(
              Outcome.APPROVED,
              Outcome.DECLINED,
              Outcome.ERROR,
              Outcome.TIMEOUT,
              Outcome.CHALLENGED);
      case CAPTURE -> EnumSet.of(Outcome.SUCCEEDED, Outcome.FAILED, Outcome.TIMEOUT);
      case REFUND -> EnumSet.of(Outcome.REQUESTED, Outcome.SUCCEEDED, Outcome.FAILED);
      case WEBHOOK -> EnumSet.of(Outcome.DELIVERED, Outcome.FAILED, Outcome.TIMEOUT);
      case SETTLEMENT -> EnumSet.of(Outcome.REPORTED);
      case DISPUTE -> EnumSet.of(Outcome.OPENED, Outcome.EVIDENCE_DUE, Outcome.WON, Outcome.LOST);
    };
  }

  static Set<String> labels(EventKind kind) {
    return of(kind).stream()
        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  static boolean isSuccess(Outcome outcome) {
    return switch (outcome) {
      case APPROVED, SUCCEEDED, DELIVERED -> true;
      default -> false;
    };
  }
}
