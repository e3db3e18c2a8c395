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
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Prompt.Asked;
import io.tillwatch.triage.model.Prompt.Purpose;
import io.tillwatch.triage.model.Prompt.Tool;
import io.tillwatch.triage.model.Prompt.ToolAnswered;
import io.tillwatch.triage.model.Prompt.ToolCall;
import io.tillwatch.triage.model.Prompt.ToolsAsked;
import io.tillwatch.triage.model.Reply;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whoever's model it is, an answer is an answer and everything else ends with its reason, in
 * time, on record and without a secret. Method: the real client against a stub on loopback.
 */
abstract class VendorContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Far above a deadline of 400 ms, below that of 20 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final MemoryModelCalls calls = new MemoryModelCalls();
  private final StubServer stub = StubServer.start(request -> Act.json(200, answer("fine")));
  private final PromptGateway gateway =
      Gateways.open(Gateways.settings(vendor(), stub.url(), Map.of()), calls);
  private final Model model = Models.through(Optional.of(gateway));

  @AfterEach
  void close() {
    gateway.close();
    stub.close();
  }

  abstract Vendor vendor();

  abstract String path();

  /** Where the key stands in a request: header, and what is before it. */
  abstract Map<String, String> login();

  /** An answer of 11 tokens to a prompt of 42. */
  abstract String answer(String text);

  /** An answer that wants the cells of northpay. */
  abstract String wish();

  private static Prompt prompt(String text) {
    return new Prompt(
        Purpose.HYPOTHESES,
        "INC-A/1/" + text.hashCode(),
        "You explain incidents.",
        List.of(new Asked(text)),
        List.of(new Tool("cells", "Cells of a PSP.", Map.of("psp", "Its name."))),
        700,
        Map.of("quote", 2L, "dropped", 5L));
  }

  @Test
  void anAnswerIsReadAndBothRowsAreOnRecord() {
    Reply reply = model.ask(prompt("why?"));
    assertThat(reply.text()).isEqualTo("fine");
    assertThat(reply.toolCalls()).isEmpty();
    assertThat(reply.inputTokens()).isEqualTo(42);
    assertThat(reply.outputTokens()).isEqualTo(11);
    assertThat(calls.rows())
        .extracting(ModelCall::getStep)
        .containsExactly(CallStep.SENDING, CallStep.ENDED);
    ModelCall ended = calls.rows().getLast();
    assertThat(ended.getOutcome()).isEqualTo(CallOutcome.ANSWERED);
    assertThat(ended.getPromptHash()).isEqualTo(reply.promptHash()).matches("[0-9a-f]{64}");
    assertThat(ended.getInputTokens()).isEqualTo(42);
    assertThat(ended.getFields()).isEqualTo(Map.of("quote", 2L, "dropped", 5L));
    assertThat(ended.getVendor()).isEqualTo(vendor().label());
    assertThat(ended.toString()).doesNotContain("why?", "fine", Gateways.KEY);
  }

  @Test
  void whatGoesOutIsTheVendorsFormat() throws IOException {
    model.ask(prompt("why?"));
    StubServer.Request request = stub.requests().getFirst();
    assertThat(request.path()).isEqualTo(path());
    login()
        .forEach((header, before) ->
            assertThat(request.headers()).containsEntry(header, before + Gateways.KEY));
    JsonNode body = JSON.readTree(request.body());
    assertThat(body.path("model").asText()).isEqualTo("test-model");
    assertThat(request.body())
        .contains("You explain incidents.", "why?", "cells", "Its name.", "700");
    assertThat(request.body()).doesNotContain(Gateways.KEY);
    double temperature =
        body.path("temperature").asDouble(body.at("/options/temperature").asDouble(-1));
    assertThat(temperature).isZero();
  }

  @Test
  void aToolIsAskedForAndItsAnswerGoesBack() {
    stub.then(Act.json(200, wish()));
    Reply reply = model.ask(prompt("which cells?"));
    assertThat(reply.toolCalls()).hasSize(1);
    ToolCall wish = reply.toolCalls().getFirst();
    assertThat(wish.name()).isEqualTo("cells");
    assertThat(wish.arguments()).contains("northpay");
    Prompt first = prompt("which cells?");
    Prompt second =
        new Prompt(
            first.purpose(),
            first.subject(),
            first.system(),
            List.of(
                first.turns().getFirst(),
                new ToolsAsked(reply.toolCalls()),
                new ToolAnswered(wish, "{\"cells\":[]}")),
            first.tools(),
            first.outputTokensMax());
    assertThat(model.ask(second).text()).isEqualTo("fine");
    assertThat(stub.requests().getLast().body()).contains("northpay", "cells");
  }

  @Test
  void cardDataGoesNeitherOutNorIn() {
    stub.then(Act.json(200, answer("it was 5555 5555 5555 4444")));
    Reply reply = model.ask(prompt("card 4111111111111111, cvv: 737, ann@example.com"));
    assertThat(stub.requests().getFirst().body())
        .contains("[PAN]", "[CVV]", "[EMAIL]")
        .doesNotContain("4111111111111111", "737", "ann@example.com");
    assertThat(reply.text()).isEqualTo("it was [PAN]");
    assertThat(calls.rows().getFirst().getRedactions()).containsEntry("pan", 1L);
    assertThat(calls.rows().getLast().getRedactions()).containsEntry("pan", 2L);
  }

  @Test
  void theSameQuestionTwiceCostsNothing() {
    Reply first = model.ask(prompt("why?"));
    Reply second = model.ask(prompt("why?"));
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.promptHash()).isEqualTo(first.promptHash());
    assertThat(second.inputTokens() + second.costMicros()).isZero();
    assertThat(stub.requests()).hasSize(1);
    assertThat(calls.rows()).hasSize(2);
  }

  static Stream<Arguments> faults() {
    Map<String, String> elsewhere = Map.of("Location", "http://127.0.0.1:1/");
    return Stream.of(
        Arguments.of("hang", new Act.Hang(), Reason.DEADLINE),
        Arguments.of("drip", new Act.Drip(20), Reason.DEADLINE),
        Arguments.of("5 MB", Act.json(200, "x".repeat(5_000_000)), Reason.TOO_LARGE),
        Arguments.of("gzip bomb", bomb(), Reason.UNREADABLE),
        Arguments.of("redirect", Act.respond(302, "", elsewhere), Reason.REDIRECTED),
        Arguments.of("401", Act.json(401, error(401)), Reason.REFUSED),
        Arguments.of("400", Act.json(400, error(400)), Reason.REFUSED),
        Arguments.of("429", Act.json(429, error(429)), Reason.RATE_LIMITED),
        Arguments.of("500", Act.json(500, error(500)), Reason.SERVER_ERROR),
        Arguments.of("reset before", new Act.ResetBefore(), Reason.UNREACHABLE),
        Arguments.of("reset after", new Act.ResetAfter(), Reason.UNREACHABLE),
        Arguments.of("garbage", Act.json(200, "<html>not JSON</html>"), Reason.UNREADABLE),
        Arguments.of("empty", Act.json(200, ""), Reason.UNREADABLE),
        Arguments.of("other JSON", Act.json(200, "{\"ok\":true}"), Reason.UNREADABLE),
        Arguments.of("deep JSON", Act.json(200, "[".repeat(9_000)), Reason.UNREADABLE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void eachFaultEndsWithItsReason(String name, Act fault, Reason reason) {
    // The JDK connects once more when a connection breaks before anything was sent.
    stub.then(fault)
        .then(fault instanceof Act.ResetBefore ? fault : Act.json(200, answer("again")));
    String deadline = reason == Reason.DEADLINE ? "400ms" : "20s";
    long from = System.nanoTime();
    ModelFailure failure = failureWithin(deadline);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(PATIENCE);
    assertThat(stub.requests().size()).as("nothing is tried again").isLessThanOrEqualTo(1);
    assertThat(calls.rows()).hasSize(2);
    assertThat(calls.rows().getLast().getOutcome().name()).isEqualTo(reason.name());
    assertThat(failure.getMessage() + calls.rows())
        .doesNotContain(Gateways.KEY, "secret plan", "CANARY");
  }

  private ModelFailure failureWithin(String deadline) {
    try (PromptGateway other =
        Gateways.open(
            Gateways.settings(vendor(), stub.url(), Map.of("triage.model.deadline", deadline)),
            calls)) {
      Model asked = Models.through(Optional.of(other));
      return catchThrowableOfType(ModelFailure.class, () -> asked.ask(prompt("secret plan")));
    }
  }

  private static String error(int status) {
    return "{\"error\":{\"message\":\"CANARY %d %s\"}}".formatted(status, Gateways.KEY);
  }

  private static Act bomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1024 * 1024];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return new Act.Respond(200, Map.of("Content-Encoding", "gzip"), bytes.toByteArray());
  }
}
