package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.settings.Secret;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions over real HTTP, with and without a model. */
class AskControllerTest {

  private static final String PATH = "/api/v1/ask";
  private static final String[] JSON = {"Content-Type", "application/json"};
  private static final String QUESTION =
      "{\"question\":\"Our acquirer went dark, what should I do right now?\",\"top\":2}";

  private TriageOverHttp http;

  @BeforeEach
  void start() {
    http = new TriageOverHttp("");
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void withoutAModelThePassagesAreTheAnswer() throws IOException {
    HttpResponse<String> answer = http.post(PATH, QUESTION, JSON);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(problems(answer)).isEmpty();
    JsonNode said = new ObjectMapper().readTree(answer.body());
    assertThat(said.path("answer").isNull()).isTrue();
    assertThat(said.path("author").asText()).isEqualTo("none");
    assertThat(said.path("refused").asBoolean()).isFalse();
    assertThat(said.path("reason").asText()).isEqualTo("no_model");
    assertThat(said.path("passages")).hasSize(2);
    JsonNode first = said.path("passages").path(0);
    assertThat(first.path("id").asText()).isEqualTo("psp-outage#first-moves");
    assertThat(first.path("title").asText()).isEqualTo("A PSP is down");
    assertThat(first.path("section").asText()).isEqualTo("First moves");
    assertThat(first.path("text").asText()).contains("Stop automatic retries");
    assertThat(first.path("score").asDouble()).isPositive();
  }

  @Test
  void aModelsAnswerNamesItsAuthor() throws IOException {
    http.written =
        prompt ->
            "{\"answer\":\"Stop retries [psp-outage#first-moves].\","
                + "\"citations\":[\"psp-outage#first-moves\"]}";
    HttpResponse<String> answer = http.post(PATH, QUESTION, JSON);
    JsonNode said = new ObjectMapper().readTree(answer.body());
    assertThat(said.path("answer").asText()).isEqualTo("Stop retries [psp-outage#first-moves].");
    assertThat(said.path("author").asText()).isEqualTo("scripted");
    assertThat(said.path("reason").asText()).isEqualTo("answered");
    assertThat(problems(answer)).isEmpty();
  }

  @Test
  void whatNothingSpeaksOfIsRefusedAndNotGuessed() {
    HttpResponse<String> answer =
        http.post(PATH, "{\"question\":\"What is the capital of France?\"}", JSON);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"refused\":true", "\"reason\":\"nothing_fits\"", "\"passages\":[]");
    assertThat(problems(answer)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{} | question is missing",
        "{'question':'  '} | 1 to 500 characters",
        "{'question':7} | question is no text",
        "{'question':'why','top':0} | 1 to 10",
        "{'question':'why','top':11} | 1 to 10",
        "{'question':'why','top':'2'} | 1 to 10",
        "{'question':'why','model':'x'} | question, top",
        "[] | one JSON object",
        "{'question': | one JSON object",
      })
  void whatIsNoQuestionIsSaidSo(String body, String expected) {
    HttpResponse<String> answer = http.post(PATH, body.replace('\'', '"'), JSON);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error\":\"bad_question\"").contains(expected);
    assertThat(problems(answer)).isEmpty();
  }

  @Test
  void whoeverMayNotWriteMayNotAsk() {
    assertThat(http.post(PATH, QUESTION).statusCode()).isEqualTo(415);
    assertThat(http.post(PATH, "{\"question\":\"" + "a".repeat(20_000) + "\"}", JSON).statusCode())
        .isEqualTo(413);
    assertThat(
            http.post(PATH, QUESTION, JSON[0], JSON[1], "Sec-Fetch-Site", "cross-site")
                .statusCode())
        .isEqualTo(403);
    try (TriageOverHttp guarded =
        new TriageOverHttp("", Secret.of("a-token-of-16-or-more"), false)) {
      assertThat(guarded.post(PATH, QUESTION, JSON).statusCode()).isEqualTo(401);
      assertThat(
              guarded
                  .post(
                      PATH,
                      QUESTION,
                      JSON[0],
                      JSON[1],
                      "Authorization",
                      "Bearer a-token-of-16-or-more")
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void whatIsStillBeingReadIsNotAskedFor() {
    http.loaded = false;
    HttpResponse<String> answer = http.post(PATH, QUESTION, JSON);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void moreThanFitsInAMinuteIsToldWhenToComeAgain() {
    HttpResponse<String> answer = http.post(PATH, QUESTION, JSON);
    for (int i = 0; i < 10 * AskController.PER_MINUTE && answer.statusCode() == 200; i++) {
      answer = http.post(PATH, QUESTION, JSON);
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("\"error\":\"too_many\"");
    assertThat(problems(answer)).isEmpty();
  }

  /** What is wrong with an answer by our own description. */
  private List<?> problems(HttpResponse<String> answer) {
    return OpenApiInteractionValidator.createForInlineApiSpecification(http.get("/openapi").body())
        .build()
        .validateResponse(
            PATH,
            Method.POST,
            SimpleResponse.Builder.status(answer.statusCode())
                .withContentType("application/json")
                .withBody(answer.body())
                .build())
        .getMessages();
  }
}
