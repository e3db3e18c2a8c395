package io.tillwatch.standalone.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a question from a terminal, with and without an instance. */
class AskCommandTest {

  private static final String QUESTION = "Our acquirer went dark, what should I do right now?";

  @TempDir Path folder;

  /** What a run came to. */
  private record Run(int exitCode, String text) {}

  @Test
  void passagesAreReadableAndCarryTheirIds() {
    Run run = ask(QUESTION, "--top", "1");
    assertThat(run.exitCode()).isZero();
    assertThat(run.text())
        .isEqualToNormalizingNewlines(
            """
            A PSP is down – First moves  [psp-outage#first-moves]
              1. Route new payments away from the PSP; begin with the largest region.
              2. Stop automatic retries against it: they queue up and hit it when it
                returns.
              3. Leave captures queued: an approved payment can be captured for days.
              4. Acknowledge the page and say in the channel that traffic is moved.
            """);
  }

  @Test
  void whatNothingSpeaksOfEndsWithOne() {
    Run run = ask("What", "is", "the", "capital", "of", "France?");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.text()).startsWith("nothing fits");
  }

  @Test
  void aFolderOfDocumentsIsReadToo() throws IOException {
    Files.writeString(folder.resolve("hail.md"), "# Insurance\n## Hail\nA claim needs form B.\n");
    Run run = ask("Which form does a hail claim need?", "--docs", folder.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.text()).startsWith("Insurance – Hail  [policy/hail#hail]");
  }

  @Test
  void theReportIsTheAnswer() throws IOException {
    Path report = folder.resolve("answer.json");
    Run run = ask(QUESTION, "--json", "--report", report.toString());
    JsonNode answer = new ObjectMapper().readTree(report.toFile());
    assertThat(new ObjectMapper().readTree(run.text())).isEqualTo(answer);
    assertThat(answer.path("passages").path(0).path("id").asText())
        .isEqualTo("psp-outage#first-moves");
    assertThat(answer.path("reason").asText()).isEqualTo("no_model");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(ask(" ").exitCode()).isEqualTo(2);
    assertThat(ask("a".repeat(501)).text()).contains("501 characters, expected 1 to 500");
    assertThat(ask(QUESTION, "--top", "11").text()).contains("--top is 11, expected 1 to 10");
    assertThat(ask(QUESTION, "--docs", folder.resolve("gone").toString()).exitCode()).isEqualTo(2);
    assertThat(ask(QUESTION, "--docs", folder.toString(), "--url", "http://127.0.0.1:1").exitCode())
        .isEqualTo(2);
    assertThat(ask(QUESTION, "--url", "nowhere").exitCode()).isEqualTo(2);
  }

  @Test
  void aRunningInstanceAnswersInItsModelsWords() throws IOException {
    String answer =
        """
        {"question":"q","answer":"Stop\\u001b[2J retries [a#b].","author":"m","refused":false,
         "reason":"answered","passages":[{"id":"a#b","title":"T","section":"S","text":"x"}]}
        """;
    List<String> asked = new ArrayList<>();
    HttpServer server = server(200, answer, asked);
    try {
      Run run = ask(QUESTION, "--url", "http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(run.exitCode()).isZero();
      assertThat(run.text())
          .isEqualToNormalizingNewlines(
              "Stop[2J retries [a#b].\n(written by m from:)\n\nT – S  [a#b]\n  x\n");
      assertThat(asked).containsExactly("{\"question\":\"" + QUESTION + "\",\"top\":3}");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anInstanceThatCannotAnswerEndsWithOne() throws IOException {
    HttpServer server = server(503, "{\"message\":\"incidents are still being read\"}", List.of());
    try {
      Run run = ask(QUESTION, "--url", "http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.text()).contains("incidents are still being read");
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer server(int status, String answer, List<String> asked)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/ask",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (status == 200) {
            asked.add(body);
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Run ask(String... arguments) {
    StringWriter text = new StringWriter();
    List<String> all = new ArrayList<>(List.of("ask"));
    all.addAll(List.of(arguments));
    int exitCode =
        Tillwatch.commandLine()
            .setOut(new PrintWriter(text, true))
            .setErr(new PrintWriter(text, true))
            .execute(all.toArray(String[]::new));
    return new Run(exitCode, text.toString());
  }
}
