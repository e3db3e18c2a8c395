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
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what is recorded is what was counted, and backtest reads it. Method: an instance that
 * answers with known cells, and cuts what is longer than so many minutes.
 */
class RecordQueryTest {

  private static final Instant FROM = Instant.parse("2026-11-02T10:00:00Z");
  private static final int MINUTES = 90;
  private static final long MINUTE_MILLIS = 60_000;
  private static final String CELL =
      """
      {"at":"%s","slice":{"psp":"p, \\"x\\"","binRange":"b1","region":"eu"},"events":10,"judged":9,
      "successes":%d,"reasons":{"do_not_honor":2},
      "latencyMillis":{"count":9,"p50":210.4,"p90":500.6,"p95":890}}\
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Map<String, String>> asked = new ArrayList<>();
  private int minutesPerAnswer = 40;
  private HttpServer server;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/cells", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatIsRecordedIsWhatWasCounted() throws IOException {
    assertThat(record("--from", FROM.toString(), "--to", "-1m")).isZero();

    assertThat(out.toString()).startsWith("90 minutes of 1 leaf cells, 810 authorisations: ");
    assertThat(Files.readAllLines(folder.resolve("cells.csv")))
        .containsExactly("cell,psp,binRange,region", "0,\"p, \"\"x\"\"\",b1,eu");
    assertThat(lines("auth"))
        .hasSize(MINUTES + 1)
        .startsWith("minute,cell,n,ok", "600,0,9,0", "601,0,9,1")
        .endsWith("689,0,9,8");
    assertThat(lines("latency")).element(1).isEqualTo("600,\"p, \"\"x\"\"\",eu,9,210,501");
    assertThat(lines("webhooks")).element(1).isEqualTo("600,\"p, \"\"x\"\"\",10");
    List<String> declines = lines("declines");
    List<String> header = List.of(declines.getFirst().split(","));
    List<String> values = List.of(declines.get(1).replaceAll("\"[^x]*x.*?\",", "p,").split(","));
    assertThat(values.get(header.indexOf("do_not_honor"))).isEqualTo("2");
    assertThat(err.toString()).contains("auth by psp,binRange,region: 100 %");
  }

  @Test
  void backtestReadsIt() {
    assertThat(record()).isZero();

    int exitCode =
        Tillwatch.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("backtest", "--cells", folder.toString());
    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\n90 minutes, ");
  }

  @Test
  void minutesThatAreTooLargeAreSaidToBe() {
    minutesPerAnswer = 0;

    assertThat(record()).isEqualTo(2);
    assertThat(err.toString()).contains("more than 10,000 cells in a minute", "--by");
  }

  @Test
  void aFolderThatCannotBeIsSaid() throws IOException {
    folder = Files.writeString(folder.resolve("file"), "");

    assertThat(record()).isEqualTo(1);
    assertThat(err.toString()).contains("cannot write to " + folder);
  }

  @Test
  void theDimensionsOfTheSideFilesAreNeeded() {
    assertThat(record("--by", "psp,region")).isEqualTo(2);
    assertThat(err.toString()).contains("--by is 'psp,region', expected psp, binRange and region");
  }

  private int record(String... options) {
    List<String> arguments = new ArrayList<>(List.of("query", "record", "--out", folder + ""));
    arguments.addAll(List.of(options));
    arguments.add("--url=http://127.0.0.1:" + server.getAddress().getPort());
    return Tillwatch.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private List<String> lines(String name) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".csv.gz")))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = parameters(exchange.getRequestURI());
    asked.add(parameters);
    byte[] bytes = answer(parameters).getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String answer(Map<String, String> parameters) {
    if (parameters.get("step").equals("all")) {
      return "{\"from\":\"%s\",\"to\":\"%s\",\"cells\":[]}"
          .formatted(FROM, FROM.plusMillis(MINUTES * MINUTE_MILLIS));
    }
    long from = Long.parseLong(parameters.get("from"));
    long to = Long.parseLong(parameters.get("to"));
    if ((to - from) / MINUTE_MILLIS > minutesPerAnswer) {
      return "{\"truncated\":true,\"cells\":[]}";
    }
    List<String> cells = new ArrayList<>();
    for (long at = from; at < to; at += MINUTE_MILLIS) {
      long number = (at - FROM.toEpochMilli()) / MINUTE_MILLIS;
      cells.add(CELL.formatted(Instant.ofEpochMilli(at), number % 9));
    }
    return "{\"truncated\":false,\"cells\":[%s]}".formatted(String.join(",", cells));
  }

  private static Map<String, String> parameters(URI uri) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : uri.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return parameters;
  }
}
