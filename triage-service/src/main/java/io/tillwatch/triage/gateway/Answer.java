package io.tillwatch.triage.gateway;

import java.time.Duration;

/**
 * What a model answered, in the vendor's format, redacted.
 *
 * @param body JSON
 * @param promptHash hex SHA-256 of the body that went out
 * @param inputTokens as the vendor counted; 0 when it did not say, or it was answered before
 * @param outputTokens likewise
 * @param costMicros price in millionths of the configured currency
 * @param latency from the request to the end of the answer
 */
public record Answer(
    String body,
    String promptHash,
    long inputTokens,
    long outputTokens,
    long costMicros,
    Duration latency) {

  /** The same answer, given again: it costs nothing. */
  Answer again() {
    return new Answer(body, promptHash, 0, 0, 0, Duration.ZERO);
  }
}
