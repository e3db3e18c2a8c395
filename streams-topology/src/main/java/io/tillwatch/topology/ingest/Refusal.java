package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.DeadLetterReason;

/**
 * Why a record is not let in.
 *
 * @param detail what was expected and what was found, never the value itself
 */
record Refusal(DeadLetterReason reason, String detail) {}
