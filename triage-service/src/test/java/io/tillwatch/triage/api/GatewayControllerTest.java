package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.gateway.Gateways;
import io.tillwatch.triage.gateway.MemoryModelCalls;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.gateway.Vendor;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayControllerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/gateway/v1/chat/completions";
  private static final String TOKEN = "0123456789abcdef-others";
  private static final String ASKED =
      "{\"model\":\"test-model\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
  private static final String ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","choices":[{"index":0,"message":
       {"role":"assistant","content":"ask ann@example.com"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}
      """;

  private final MemoryModelCalls calls = new MemoryModelCalls();
  private final StubServer stub = StubServer.start(request -> Act.json(200, ANSWER));
  private final PromptGateway gateway =
      Gateways.open(
          Gateways.settings(
              Vendor.ANTHROPIC, stub.url(), Map.of("triage.model.others.token", TOKEN)),
          calls);
  private final TriageOverHttp triage = new TriageOverHttp(Optional.of(gateway));

  @AfterEach
  void close() {
    triage.close();
    gateway.close();
    stub.close();
  }

  private HttpResponse<String> ask(String body) {
    return triage.post(
        PATH, body, "Authorization", "Bearer " + TOKEN, "Content-Type", "application/json");
  }

  private static String error(HttpResponse<String> response) throws IOException {
    JsonNode error = JSON.readTree(response.body()).path("error");
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(error.path("type").asText()).isNotEmpty();
    return error.path("code").asText();
  }

  @Test
  void anAnswerIsInOpenAisShapeAndRedacted() throws IOException {
    HttpResponse<String> response = ask(ASKED.formatted("card 4111111111111111"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).at("/choices/0/message/content").asText())
        .isEqualTo("ask [EMAIL]");
    StubServer.Request sent = stub.requests().getFirst();
    assertThat(sent.path()).isEqualTo("/chat/completions");
    assertThat(sent.headers()).containsEntry("authorization", "Bearer " + Gateways.KEY);
    assertThat(sent.body()).contains("[PAN]", "\"max_tokens\":1024").doesNotContain("41111111");
    assertThat(calls.rows()).extracting(ModelCall::getPurpose).containsExactly("others", "others");
  }

  @Test
  void withoutItsTokenNothingIsAsked() throws IOException {
    assertThat(error(triage.post(PATH, ASKED))).isEqualTo("invalid_api_key");
    HttpResponse<String> wrong = triage.post(PATH, ASKED, "Authorization", "Bearer another");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(stub.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":9}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":99999}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":3}",
        "{\"messages\":[{\"role\":\"root\",\"content\":\"x\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"name\":\"y\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}",
        "{\"messages\":[]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"another\"}",
        "not JSON"
      })
  void whatIsNotTakenIsAnErrorInOpenAisShape(String body) throws IOException {
    HttpResponse<String> response = ask(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response)).isEqualTo("invalid_request_error");
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void whatTheModelAnswersWrongIsABadGateway() throws IOException {
    stub.then(Act.json(500, "{\"error\":{\"message\":\"CANARY\"}}"));
    HttpResponse<String> response = ask(ASKED.formatted("x"));
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(error(response)).isEqualTo("server_error");
    assertThat(response.body()).doesNotContain("CANARY");
  }

  @Test
  void tooManyAreToldWhenToComeBack() {
    HttpResponse<String> last = ask(ASKED.formatted("x"));
    for (int i = 0; i < 20 && last.statusCode() == 200; i++) {
      last = ask(ASKED.formatted("x"));
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws IOException {
    HttpResponse<String> response = ask(ASKED.formatted("x".repeat(300_000)));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(error(response)).isEqualTo("too_large");
  }

  @Test
  void withoutATokenInTheSettingsItDoesNotExist() throws IOException {
    try (TriageOverHttp closed = new TriageOverHttp(Optional.empty())) {
      HttpResponse<String> response = closed.post(PATH, ASKED, "Authorization", "Bearer ");
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(error(response)).isEqualTo("not_configured");
    }
  }

  @Test
  void healthShowsTheModelAndIsNotWorseForIt() throws IOException {
    JsonNode health = JSON.readTree(triage.get("/health").body());
    assertThat(health.at("/details/triage/details/model/model").asText()).isEqualTo("test-model");
    assertThat(health.at("/details/triage/status").asText()).isEqualTo("UP");
  }
}
