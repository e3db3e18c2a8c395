package io.tillwatch.triage.model.langchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.model.CallOutcome;
import io.tillwatch.schemas.model.CallStep;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.gateway.Gateways;
import io.tillwatch.triage.gateway.MemoryModelCalls;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.gateway.Vendor;
import io.tillwatch.triage.model.Embedder;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: vectors come the way answers do: redacted, on record, once, and as numbers alone. Method:
 * the real client against a stub on loopback.
 */
class EmbedderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** As OpenAI writes it; a number has the digits of a test card, which a vector may have. */
  private static final String TWO =
      """
      {"object":"list","model":"text-embedding-3-small","data":[
       {"object":"embedding","index":0,"embedding":[0.4111111111111111,-0.5]},
       {"object":"embedding","index":1,"embedding":[1e-3,0]}],
       "usage":{"prompt_tokens":9,"total_tokens":9},"note":"CANARY"}
      """;

  private final MemoryModelCalls calls = new MemoryModelCalls();
  private final StubServer stub = StubServer.start(request -> Act.json(200, TWO));

  @AfterEach
  void close() {
    stub.close();
  }

  private static Embedder embedder(PromptGateway gateway) {
    return Models.embedder(Optional.of(gateway)).orElseThrow();
  }

  private PromptGateway gateway(Vendor vendor) {
    return Gateways.open(
        Gateways.settings(
            vendor,
            stub.url(),
            Map.of(
                "triage.model.embeddings.name",
                "test-vectors",
                "triage.model.embeddings.dimensions",
                "256")),
        calls);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "OLLAMA"})
  void vectorsComeInTheOrderOfTheTextsAndBothRowsAreOnRecord(Vendor vendor) throws IOException {
    try (PromptGateway gateway = gateway(vendor)) {
      List<float[]> vectors =
          embedder(gateway).embed(List.of("A PSP is down", "card 4111111111111111"));
      assertThat(vectors).containsExactly(new float[] {0.41111112f, -0.5f}, new float[] {1e-3f, 0});
    }
    StubServer.Request request = stub.requests().getFirst();
    assertThat(request.path()).endsWith("/embeddings");
    assertThat(request.headers()).containsEntry("authorization", "Bearer " + Gateways.KEY);
    JsonNode body = JSON.readTree(request.body());
    assertThat(body.path("model").asText()).isEqualTo("test-vectors");
    assertThat(body.path("dimensions").asInt()).isEqualTo(256);
    assertThat(body.path("input").path(1).asText()).isEqualTo("card [PAN]");
    assertThat(calls.rows())
        .extracting(ModelCall::getStep)
        .containsExactly(CallStep.SENDING, CallStep.ENDED);
    ModelCall ended = calls.rows().getLast();
    assertThat(ended.getPurpose()).isEqualTo("embedding");
    assertThat(ended.getModel()).isEqualTo("test-vectors");
    assertThat(ended.getOutcome()).isEqualTo(CallOutcome.ANSWERED);
    assertThat(ended.getInputTokens()).isEqualTo(9);
    assertThat(ended.toString()).doesNotContain("PSP is down", "CANARY", Gateways.KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[]}",
        "{\"data\":[{\"index\":0,\"embedding\":[]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[\"a\"]}]}",
        "{\"data\":[{\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1,2]}]}",
        "{\"choices\":[]}",
        "no JSON",
      })
  void whatIsNoVectorForEachTextIsNoAnswer(String answer) {
    stub.then(Act.json(200, answer));
    try (PromptGateway gateway = gateway(Vendor.OPENAI)) {
      ModelFailure failure =
          catchThrowableOfType(
              ModelFailure.class, () -> embedder(gateway).embed(List.of("one", "two")));
      assertThat(failure.reason()).isEqualTo(Reason.UNREADABLE);
    }
    assertThat(calls.rows()).hasSize(2);
  }
}
