package io.tillwatch.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the registry answered.
 *
 * @param body JSON; missing when it was none
 */
record Answer(int status, JsonNode body) {

  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;

  boolean isOk() {
    return status == 200;
  }

  /**
   * Whether the same question may get another answer soon: 5xx, 429 and 408 (<a
   * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html#errors">Confluent's
   * error codes</a>).
   */
  boolean isWorthRetrying() {
    return status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
  }

  /** The registry's own code, for example 40403; 0 when it gave none. */
  int errorCode() {
    return body.path("error_code").asInt(0);
  }

  /** For people: status, code and message, cut to a line. */
  String describe() {
    String message = body.path("message").asText("").replaceAll("\\s+", " ");
    String shown = message.substring(0, Math.min(message.length(), 200));
    return "%d (error code %d) %s".formatted(status, errorCode(), shown).strip();
  }
}
