package io.tillwatch.triage.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of OpenAI's chat completions others may ask for: what can be redacted and bounded. */
final class OpenAiRequest {

  /** Longest answer that others may ask for, in tokens. */
  static final int OUTPUT_TOKENS_MAX = 4_096;

  private static final int MESSAGES_MAX = 100;
  private static final double TEMPERATURE_MAX = 2;
  private static final String MAX_TOKENS = "max_tokens";

  private static final Set<String> KEYS =
      Set.of("model", "messages", "temperature", MAX_TOKENS, "response_format", "tools", "stream");

  private static final Set<String> MESSAGE_KEYS =
      Set.of("role", "content", "tool_calls", "tool_call_id");

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool");

  private OpenAiRequest() {}

  /**
   * Why a request is not taken. Nothing of its values is in it.
   *
   * @param param which part of it; null for all of it
   */
  record Problem(String message, @Nullable String param) {}

  /** What is wrong with it; empty when it may be asked. */
  static Optional<Problem> check(ObjectNode request, String model) {
    return unknown(request, KEYS, null)
        .or(() -> stream(request))
        .or(() ->
            unless(
                request.path("model").asText(model).equals(model),
                "another model, expected " + model,
                "model"))
        .or(() -> number(request, "temperature", 0, TEMPERATURE_MAX))
        .or(() -> number(request, MAX_TOKENS, 1, OUTPUT_TOKENS_MAX))
        .or(() -> messages(request.path("messages")));
  }

  /** Limit of the answer; the default is written into a request that has none. */
  static int limit(ObjectNode request, int dflt) {
    if (!request.has(MAX_TOKENS)) {
      request.put(MAX_TOKENS, dflt);
    }
    return request.path(MAX_TOKENS).asInt();
  }

  private static Optional<Problem> stream(JsonNode request) {
    JsonNode stream = request.path("stream");
    return unless(
        stream.isMissingNode() || (stream.isBoolean() && !stream.booleanValue()),
        "a streamed answer, expected stream to be false: an answer is redacted as a whole",
        "stream");
  }

  private static Optional<Problem> number(JsonNode in, String name, double min, double max) {
    JsonNode value = in.path(name);
    boolean right =
        value.isMissingNode()
            || (value.isNumber() && value.asDouble() >= min && value.asDouble() <= max);
    return unless(
        right, "%s out of range, expected a number from %s to %s".formatted(name, min, max), name);
  }

  private static Optional<Problem> messages(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty() || messages.size() > MESSAGES_MAX) {
      return unless(false, "no messages, expected 1 to %d".formatted(MESSAGES_MAX), "messages");
    }
    for (JsonNode message : messages) {
      Optional<Problem> problem =
          unknown(message, MESSAGE_KEYS, "messages")
              .or(() ->
                  unless(
                      ROLES.contains(message.path("role").asText()),
                      "an unknown role, expected one of " + new TreeSet<>(ROLES),
                      "messages"))
              .or(() ->
                  unless(
                      text(message.path("content")),
                      "a content that is no text, expected a text or parts of type text",
                      "messages"));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** What is no text cannot be redacted. */
  private static boolean text(JsonNode content) {
    if (content.isArray()) {
      for (JsonNode part : content) {
        if (!part.path("type").asText().equals("text")
            || !part.path("text").isTextual()
            || part.size() != 2) {
          return false;
        }
      }
      return true;
    }
    return content.isTextual() || content.isNull() || content.isMissingNode();
  }

  private static Optional<Problem> unknown(
      JsonNode object, Set<String> known, @Nullable String param) {
    boolean only =
        object.isObject()
            && object.properties().stream().allMatch(entry -> known.contains(entry.getKey()));
    return unless(only, "more than is taken, expected only " + new TreeSet<>(known), param);
  }

  private static Optional<Problem> unless(boolean right, String message, @Nullable String param) {
    return right ? Optional.empty() : Optional.of(new Problem(message, param));
  }
}
