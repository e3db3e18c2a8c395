package io.tillwatch.triage.stream;

import io.tillwatch.triage.incident.Input;
import java.time.Instant;

/**
 * An input and the time it speaks of: event time, so that a replay decides as the first run did.
 */
record TimedInput(Input input, Instant at) {}
