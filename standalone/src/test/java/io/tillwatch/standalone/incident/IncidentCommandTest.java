package io.tillwatch.standalone.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentCommandTest {

  private static final String OPENED =
      """
      {"sequence":7,"at":"2026-11-02T10:00:00Z","author":"tillwatch","event":"opened",\
      "text":"northpay: approvals 86 % → 4 %"}\
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> sent = new ArrayList<>();
  private HttpServer server;
  private int status = 202;
  private String answer = "{\"commandId\":\"api-1\",\"incident\":\"INC-1\",\"verb\":\"note\"}";
  private String entry = "";
  private String timeline = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatIsDoneIsPrintedAsItStandsInTheLog() {
    entry =
        """
        ,{"sequence":9,"author":"ada","event":"acknowledged","text":"acknowledged by ada: on it"}\
        """;
    assertThat(run("acknowledge", "INC-1", "--author", "ada", "--reason", "on it")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines("acknowledged  acknowledged by ada: on it\n");
    assertThat(sent)
        .containsExactly(
            "/api/v1/incidents/INC-1/acknowledge {\"author\":\"ada\",\"reason\":\"on it\"} null");
  }

  @Test
  void aRefusalIsPrintedWithItsReasonAndEndsWithOne() {
    entry = ",{\"sequence\":9,\"author\":\"ada\",\"event\":\"refused\",\"text\":\"it is over\"}";
    assertThat(run("resolve", "INC-1", "--author", "ada")).isEqualTo(1);
    assertThat(out.toString()).isEqualToNormalizingNewlines("refused  it is over\n");
  }

  @Test
  void whatTheInstanceDoesNotTakeIsSaidInALine() {
    status = 409;
    answer = "{\"message\":\"INC-1: it is open\",\"expected\":\"one that is resolved\"}";
    assertThat(run("review", "INC-1", "--author", "ada", "--class", "psp_outage")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "tillwatch: INC-1: it is open; expected one that is resolved\n");
  }

  @Test
  void eachVerbSendsWhatItNeedsAndTheTokenOfAFile() throws IOException {
    entry = ",{\"sequence\":9,\"author\":\"ada\",\"event\":\"noted\",\"text\":\"ok\"}";
    String token =
        Files.writeString(folder.resolve("token"), "a-secret-token-of-ours\n").toString();
    run("merge", "INC-1", "--author", "ada", "--into", "INC-2", "--token-file", token);
    run("resolve", "INC-1", "--author", "ada", "--episode", "2");
    run("split", "INC-1", "--author", "ada", "--burst", "b1", "--burst", "b2");
    run("review", "INC-1", "--author", "ada", "--class", "psp_outage", "--cause", "a cable");
    assertThat(sent)
        .containsExactly(
            "/api/v1/incidents/INC-1/merge {\"author\":\"ada\",\"into\":\"INC-2\"}"
                + " Bearer a-secret-token-of-ours",
            "/api/v1/incidents/INC-1/resolve {\"author\":\"ada\",\"episode\":2} null",
            "/api/v1/incidents/INC-1/split {\"author\":\"ada\",\"bursts\":[\"b1\",\"b2\"]} null",
            "/api/v1/incidents/INC-1/review {\"author\":\"ada\",\"class\":\"psp_outage\","
                + "\"cause\":\"a cable\"} null");
  }

  @Test
  void showPrintsWhoDidWhatAndHowLongItTook() {
    timeline =
        """
        {"id":"INC-1","title":"northpay: approvals 86 % → 4 %","state":"open","severity":"sev2",
        "episode":1,"figures":{"secondsToDetect":130,"secondsToPage":4,"approvalsLost":1240.4,
        "leadOverStatusPageSeconds":-70,"last":false},"moments":[
        {"at":"2026-11-02T10:00:00Z","what":"onset","who":"tillwatch","text":"it begins"},
        {"at":"2026-11-02T10:04:00Z","what":"acknowledged","who":"ada","text":"on it"}]}\
        """;
    assertThat(run("show", "INC-1")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            INC-1  sev2, open, episode 1
            northpay: approvals 86 % → 4 %

            AT                    WHAT          WHO
            2026-11-02T10:00:00Z  onset         tillwatch  it begins
            2026-11-02T10:04:00Z  acknowledged  ada        on it

            detected in 2 min 10 s; from then paged 4 s, acknowledged -, mitigated -, resolved -
            1,240 approvals lost so far; ahead of the PSP's status page: -1 min 10 s
            """);
  }

  @Test
  void aPostmortemIsPrintedOrWritten() throws IOException {
    timeline = "# Postmortem of INC-1\n";
    Path report = folder.resolve("postmortem.md");
    assertThat(run("postmortem", "INC-1")).isZero();
    assertThat(out.toString()).isEqualTo("# Postmortem of INC-1\n");
    assertThat(run("postmortem", "INC-1", "--report", report.toString())).isZero();
    assertThat(report).hasContent("# Postmortem of INC-1");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("incident"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
    return Tillwatch.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean reads = exchange.getRequestMethod().equals("GET");
    if (!reads) {
      sent.add(
          "%s %s %s"
              .formatted(
                  exchange.getRequestURI(),
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                  exchange.getRequestHeaders().getFirst("Authorization")));
    }
    String log = "{\"entries\":[%s%s]}".formatted(OPENED, entriesSoFar());
    boolean isLog = exchange.getRequestURI().getPath().endsWith("/log");
    String asked = isLog ? log : timeline;
    byte[] bytes = (reads ? asked : answer).getBytes(UTF_8);
    exchange.sendResponseHeaders(reads ? 200 : status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /**
   * One entry for each command that was sent, numbered on: with the same one again each further
   * command would wait for its own until it gave up.
   */
  private String entriesSoFar() {
    return IntStream.range(0, sent.size())
        .mapToObj(i -> entry.replace("\"sequence\":9", "\"sequence\":" + (9 + i)))
        .collect(Collectors.joining());
  }
}
