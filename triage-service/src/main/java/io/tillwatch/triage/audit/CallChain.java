package io.tillwatch.triage.audit;

import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.wire.FieldHash;

/**
 * The chain of model calls: each row's hash covers its own fields, in the order of the schema, and
 * the hash before it.
 */
public final class CallChain {

  private CallChain() {}

  /** The hash of a row, whatever its own hash field says. */
  public static String hash(ModelCall row) {
    return new FieldHash()
        .text(row.getChain())
        .number(row.getSequence())
        .text(row.getCallId())
        .text(row.getStep().name())
        .number(row.getAt().toEpochMilli())
        .text(row.getTenant())
        .text(row.getPurpose())
        .text(row.getSubject())
        .text(row.getVendor())
        .text(row.getModel())
        .text(row.getPolicy())
        .text(row.getRedactor())
        .counts(row.getFields())
        .counts(row.getRedactions())
        .text(row.getPromptHash())
        .number(row.getPromptBytes())
        .number(row.getInputTokens())
        .number(row.getOutputTokens())
        .number(row.getCostMicros())
        .number(row.getLatencyMillis())
        .text(row.getOutcome().name())
        .text(row.getPreviousHash())
        .hex();
  }
}
