package io.tillwatch.triage.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.model.CallOutcome;
import io.tillwatch.triage.gateway.WireFormat.Usage;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.util.Map;
import java.util.Optional;

/**
 * How an attempt ended.
 *
 * @param body the answer without what may not come in; empty when there is none
 * @param redactions what was taken out of it, by type
 * @param failure why there is none
 */
record Incoming(
    String body, Usage usage, Map<String, Long> redactions, Optional<ModelFailure> failure) {

  Incoming {
    redactions = Map.copyOf(redactions);
  }

  /** What came as a body of a 2xx. */
  static Incoming of(byte[] body, WireFormat format) {
    Usage usage = new Usage(0, 0);
    try {
      JsonNode raw = BoundedJson.object(body);
      if (!format.holdsAnswer(raw)) {
        throw new Unreadable("no answer in it");
      }
      usage = format.usage(raw);
      CleanJson cleaner = new CleanJson();
      String clean = format.cleaned(raw, cleaner).toString();
      return new Incoming(clean, usage, cleaner.redactions(), Optional.empty());
    } catch (Unreadable unreadable) {
      return failed(
          new ModelFailure(
              Reason.UNREADABLE, "not an answer as expected: " + unreadable.getMessage()),
          usage);
    }
  }

  static Incoming failed(ModelFailure failure, Usage usage) {
    return new Incoming("", usage, Map.of(), Optional.of(failure));
  }

  /** How it stands on record. */
  CallOutcome outcome() {
    return failure
        .map(why ->
            switch (why.reason()) {
              case DEADLINE -> CallOutcome.DEADLINE;
              case UNREACHABLE -> CallOutcome.UNREACHABLE;
              case REFUSED -> CallOutcome.REFUSED;
              case RATE_LIMITED -> CallOutcome.RATE_LIMITED;
              case SERVER_ERROR -> CallOutcome.SERVER_ERROR;
              case REDIRECTED -> CallOutcome.REDIRECTED;
              case TOO_LARGE -> CallOutcome.TOO_LARGE;
              case UNREADABLE -> CallOutcome.UNREADABLE;
              case OFF, OVER_BUDGET, BUSY, BREAKER_OPEN, AGAINST_POLICY, NOT_RECORDED ->
                  CallOutcome.OTHER;
            })
        .orElse(CallOutcome.ANSWERED);
  }

  /** Whether the vendor says that it did no work. */
  boolean unbilled() {
    return switch (outcome()) {
      case REFUSED, RATE_LIMITED, SERVER_ERROR, REDIRECTED -> true;
      case PENDING, ANSWERED, DEADLINE, UNREACHABLE, TOO_LARGE, UNREADABLE, OTHER -> false;
    };
  }
}
