package io.tillwatch.triage.stream;

import io.tillwatch.schemas.cube.DeadLetterReason;
import org.jspecify.annotations.Nullable;

/** Why a record is no input for the desk; the detail names lengths and positions, never content. */
public record Refusal(DeadLetterReason reason, String detail, @Nullable Integer schemaId) {}
