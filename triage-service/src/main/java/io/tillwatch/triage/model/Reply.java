package io.tillwatch.triage.model;

import io.tillwatch.triage.model.Prompt.ToolCall;
import java.time.Duration;
import java.util.List;

/**
 * What a model said: untrusted input.
 *
 * @param text its answer, redacted; empty when it asks for tools
 * @param toolCalls what it wants to know first
 * @param promptHash hex SHA-256 of what went out, as in the audit
 * @param inputTokens as the vendor counted; 0 when it did not say
 * @param outputTokens as the vendor counted; 0 when it did not say
 * @param costMicros price in millionths of the configured currency; 0 without prices
 * @param latency from the request to the end of the answer
 */
public record Reply(
    String text,
    List<ToolCall> toolCalls,
    String promptHash,
    long inputTokens,
    long outputTokens,
    long costMicros,
    Duration latency) {

  public Reply {
    toolCalls = List.copyOf(toolCalls);
  }
}
