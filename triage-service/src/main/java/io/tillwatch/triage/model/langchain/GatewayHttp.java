package io.tillwatch.triage.model.langchain;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.tillwatch.triage.gateway.Answer;
import io.tillwatch.triage.gateway.Call;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.gateway.WireFormat;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as langchain4j sees it, for one call: hands the body to the gateway, which knows the address
 * and the key, and takes nothing else of the request. Remembers how the call ended, whatever
 * langchain4j makes of it. For one thread.
 */
final class GatewayHttp implements HttpClient, HttpClientBuilder {

  private static final int OK = 200;

  private final PromptGateway gateway;
  private final WireFormat format;
  private final Call call;
  private @Nullable Answer answer;
  private @Nullable ModelFailure failure;

  GatewayHttp(PromptGateway gateway, WireFormat format, Call call) {
    this.gateway = gateway;
    this.format = format;
    this.call = call;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    String body = request.body() == null ? "" : request.body();
    try {
      answer = gateway.send(call, format, body.getBytes(StandardCharsets.UTF_8));
    } catch (ModelFailure why) {
      failure = why;
      throw why;
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(OK)
        .headers(Map.of("Content-Type", List.of("application/json")))
        .body(answer.body())
        .build();
  }

  /** What the gateway answered; null when it did not. */
  @Nullable Answer answer() {
    return answer;
  }

  /**
   * Why langchain4j gave up: as the gateway says; what langchain4j says may quote either side.
   *
   * @param unwritable what it was given, when the gateway was not even asked
   */
  ModelFailure why(String unwritable) {
    if (failure != null) {
      return failure;
    }
    return answer == null
        ? new ModelFailure(Reason.AGAINST_POLICY, unwritable)
        : new ModelFailure(Reason.UNREADABLE, "not an answer as the vendor writes them");
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new ModelFailure(Reason.AGAINST_POLICY, "a streamed answer");
  }

  @Override
  public Duration connectTimeout() {
    return Duration.ZERO;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this; // the gateway has one deadline for all of it
  }

  @Override
  public Duration readTimeout() {
    return Duration.ZERO;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }

  @Override
  public HttpClient build() {
    return this;
  }
}
