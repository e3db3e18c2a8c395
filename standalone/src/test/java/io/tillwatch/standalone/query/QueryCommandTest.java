package io.tillwatch.standalone.query;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class QueryCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String body = "{}";

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
  void whatIsHeldBackIsATable() {
    body =
        """
        {"suppressions":[{"kind":"silence","name":"quiet","what":"psp=northpay","reason":"moves",
        "author":"ada","from":"2026-12-01T02:00:00Z","until":"2026-12-01T04:00:00Z","inForce":true,
        "swallowed":7,"incidents":[{"id":"INC-A"},{"id":"INC-B"}]},{"kind":"inhibition",
        "name":"parent","what":"","reason":"holds it","author":"","from":null,"until":null,
        "inForce":true,"swallowed":0,"incidents":[]}],"asOf":"2026-12-01T03:00:00Z"}\
        """;
    assertThat(run("query", "suppressions")).isZero();
    assertThat(out.toString())
        .containsPattern("silence +quiet +yes +2026-12-01T04:00:00Z +7 +INC-A INC-B +ada: moves")
        .containsPattern("inhibition +parent +yes +- +0 +- +holds it");
    assertThat(asked).containsExactly("/api/v1/suppressions");
  }

  @Test
  void cellsAreATableWithRatesAsPercentages() {
    body =
        """
        {"cells":[{"at":"2026-11-02T10:00:00Z","slice":{"psp":"northpay"},"events":1200,
        "successRate":0.8734,"technicalSuccessRate":0.991,"latencyMillis":{"p50":210,"p95":890}}],
        "provisional":false,"truncated":false,"staleness":{"watermark":"2026-11-02T10:05:00Z"}}\
        """;
    assertThat(run("query", "cells", "psp=northpay", "--by", "psp")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            AT                    SLICE         EVENTS  SUCCESS  TECHNICAL  P50 MS  P95 MS
            2026-11-02T10:00:00Z  psp=northpay   1,200   87.3 %     99.1 %     210     890
            as of 2026-11-02T10:05:00Z
            """);
    assertThat(asked).containsExactly("/api/v1/cells?psp=northpay&kind=auth&step=all&by=psp");
  }

  @Test
  void whyIsASentenceAndItsFigures() {
    body =
        """
        {"at":"2026-11-02T10:04:00Z","sentence":"psp=northpay: quiet","recomputed":true,
        "minute":{"minutes":1,"attempts":412,"failures":37,"failuresExpected":35.2,
        "observed":0.91,"expected":0.915},
        "window":{"minutes":15,"attempts":6000,"failures":600,"failuresExpected":512,
        "observed":0.9,"expected":0.9147},
        "statistic":1.23,"threshold":13.4,"gate":0.087,"drift":0.05,"overDispersion":0.0123,
        "failuresMissing":3,"burstId":null}\
        """;
    assertThat(run("query", "why", "psp=northpay", "--at", "-5m")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            psp=northpay: quiet
            SPAN          ATTEMPTS  FAILED  EXPECTED  SUCCESS  BASELINE
            minute             412      37      35.2   91.0 %    91.5 %
            worst 15 min     6,000     600     512.0   90.0 %    91.5 %
            statistic 1.2 of 13.4, gate 0.09 of 1.00, drift 0.05 logit, over-dispersion 0.012
            nobody is told with less than 3 more of them
            minute of 2026-11-02T10:04:00Z, recomputed; baselines of now
            """);
    assertThat(asked).containsExactly("/api/v1/why?psp=northpay&kind=auth&at=-5m");
  }

  @Test
  void whySomethingIsSlowHasColumnsOfItsOwn() {
    body =
        """
        {"kpi":"latency","at":"2026-11-02T10:04:00Z","sentence":"psp=northpay: 90 of 412 were slow",
        "minute":{"minutes":1,"attempts":412,"failures":90,"failuresExpected":80.1,
        "observed":0.78,"expected":0.805},"window":{"attempts":0}}\
        """;
    assertThat(run("query", "why", "psp=northpay", "--kpi", "latency")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            psp=northpay: 90 of 412 were slow
            SPAN    MEASURED  SLOW  EXPECTED  IN TIME  BASELINE
            minute       412    90      80.1   78.0 %    80.5 %
            minute of 2026-11-02T10:04:00Z; baselines of now
            """);
    assertThat(asked).containsExactly("/api/v1/why?psp=northpay&kind=auth&kpi=latency");
  }

  @Test
  void jsonIsPrintedAsItCame() {
    body = "{\"cells\":[]}";
    assertThat(run("query", "worst", "--json")).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("{\"cells\":[]}\n");
  }

  @Test
  void incidentsWithNoneOpenSaySo() {
    body = "{\"incidents\":[]}";
    assertThat(run("query", "incidents")).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("no incidents\n");
  }

  @Test
  void aQuestionTheInstanceRefusesExitsWithTwoAndItsReason() {
    status = 400;
    body = "{\"message\":\"unknown parameter 'pps'\",\"expected\":\"psp\"}";
    assertThat(run("query", "cells", "pps=x")).isEqualTo(2);
    assertThat(err.toString()).contains("unknown parameter 'pps'; expected psp");
  }

  @Test
  void nobodyListeningExitsWithOneAndSaysWhatToDo() {
    server.stop(0);
    assertThat(run("query", "worst")).isEqualTo(1);
    assertThat(err.toString()).contains("is an instance running there?");
  }

  @Test
  void anAddressMayEndWithASlashAndAnIdMayHoldAnything() {
    assertThat(ask(url() + "/", "incidents", "INC 1/2")).isEqualTo(0);
    assertThat(asked).containsExactly("/api/v1/incidents/INC%201%2F2/log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "ftp://here", "http:// x", ""})
  void whatIsNoAddressIsSaidInOneLine(String address) {
    assertThat(ask(address, "cells")).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("--url is '" + address + "'");
  }

  @Test
  void queryAloneIsWrongUsage() {
    assertThat(new CommandLine(new QueryCommand()).setErr(new PrintWriter(err)).execute())
        .isEqualTo(2);
    assertThat(err.toString()).contains("say what to query");
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int ask(String url, String... question) {
    List<String> arguments = new ArrayList<>(List.of("query"));
    arguments.addAll(List.of(question));
    arguments.add("--url=" + url);
    return Tillwatch.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private int run(String... arguments) {
    String[] rest = new String[arguments.length + 1];
    System.arraycopy(arguments, 1, rest, 0, arguments.length - 1);
    rest[arguments.length - 1] = "--url";
    rest[arguments.length] = "http://127.0.0.1:" + server.getAddress().getPort();
    return new CommandLine(new QueryCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(rest);
  }
}
