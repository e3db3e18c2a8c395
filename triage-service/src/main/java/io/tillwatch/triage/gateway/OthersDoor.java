package io.tillwatch.triage.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.model.Prompt.Purpose;
import io.tillwatch.triage.outside.Bucket;
import io.tillwatch.triage.outside.Rate;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import io.tillwatch.triage.wire.FieldHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gateway for other teams' prompts, in OpenAI's words: they show a token of their own, are
 * limited in number, and share policy, record and budget with us. Thread-safe.
 */
public final class OthersDoor {

  /** Limit of an answer that asks for none. */
  static final int OUTPUT_TOKENS_DEFAULT = 1_024;

  private static final String BEARER = "bearer ";

  private final PromptGateway gateway;
  private final String tokenHash;
  private final Bucket bucket;

  private OthersDoor(PromptGateway gateway, ModelSettings settings) {
    this.gateway = gateway;
    this.tokenHash = hash(settings.others().reveal());
    this.bucket = new Bucket(Rate.within(settings.othersPerMinute()));
  }

  /** The door, where there is a gateway and a token. */
  public static Optional<OthersDoor> of(Optional<PromptGateway> gateway) {
    return gateway
        .filter(open -> open.settings().others().isSet())
        .map(open -> new OthersDoor(open, open.settings()));
  }

  /**
   * What is answered.
   *
   * @param status of HTTP
   * @param json in OpenAI's shape, errors too
   * @param after time after which it may go better; zero when that says nothing
   */
  public record Said(int status, String json, Duration after) {}

  /**
   * Asks for somebody else.
   *
   * @param authorization header {@code Authorization}; null when there is none
   */
  public Said ask(@Nullable String authorization, byte[] body) {
    if (!known(authorization)) {
      return error(401, "invalid_api_key", "the token of triage.model.others.token is not shown");
    }
    Duration full = bucket.take(System.nanoTime());
    if (full.isPositive()) {
      return new Said(
          429, json("rate_limit_exceeded", "too many requests in this minute", null), full);
    }
    try {
      ObjectNode request = (ObjectNode) BoundedJson.object(body);
      Optional<OpenAiRequest.Problem> problem = OpenAiRequest.check(request, gateway.model());
      if (problem.isPresent()) {
        return new Said(
            400,
            json("invalid_request_error", problem.get().message(), problem.get().param()),
            Duration.ZERO);
      }
      int outputTokensMax = OpenAiRequest.limit(request, OUTPUT_TOKENS_DEFAULT);
      Call call = new Call(Purpose.OTHERS, "", Map.of(), outputTokensMax);
      byte[] limited = request.toString().getBytes(StandardCharsets.UTF_8);
      return new Said(200, gateway.send(call, WireFormat.OPENAI, limited).body(), Duration.ZERO);
    } catch (Unreadable unreadable) {
      return error(400, "invalid_request_error", String.valueOf(unreadable.getMessage()));
    } catch (ModelFailure failure) {
      return error(
          status(failure.reason()),
          failure.reason().name().toLowerCase(Locale.ROOT),
          String.valueOf(failure.getMessage()));
    }
  }

  private boolean known(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return false;
    }
    String shown = authorization.substring(BEARER.length()).strip();
    return MessageDigest.isEqual(bytes(hash(shown)), bytes(tokenHash));
  }

  private static String hash(String token) {
    return FieldHash.hex(bytes(token));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case OFF -> 404;
      case AGAINST_POLICY -> 400;
      case OVER_BUDGET, BUSY, RATE_LIMITED -> 429;
      case BREAKER_OPEN, NOT_RECORDED -> 503;
      case DEADLINE -> 504;
      case UNREACHABLE, REFUSED, SERVER_ERROR, REDIRECTED, TOO_LARGE, UNREADABLE -> 502;
    };
  }

  private static Said error(int status, String code, String message) {
    return new Said(status, json(code, message, null), Duration.ZERO);
  }

  /** An error as OpenAI writes it. */
  public static String json(String code, String message, @Nullable String param) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    ObjectNode error =
        make.objectNode()
            .put("message", message)
            .put("type", "invalid_request_error".equals(code) ? code : "gateway_error")
            .put("param", param)
            .put("code", code);
    JsonNode root = make.objectNode().set("error", error);
    return root.toString();
  }
}
