package io.tillwatch.standalone.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: a site that is stopped in the middle of an incident and started again goes on as if it had
 * not been. Method: two sites, one after the other on one folder; what the first one said is kept,
 * and the second one asked for the same, then told the rest.
 */
class SiteIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CELLS =
      "/api/v1/cells?kind=auth&by=psp,region&step=1h&limit=1000&from=%s&to=%s"
          .formatted(Story.START, Story.OUTAGE);
  private static final String INCIDENTS = "/api/v1/incidents?state=all";

  @TempDir private static Path folder;

  private static final List<String> NOTICES = new CopyOnWriteArrayList<>();
  private static final Story STORY = new Story();

  private static Site site;
  private static Known before;
  private static Known after;
  private static JsonNode repeated;
  private static Known end;

  /** What a site says of itself at one moment. */
  private record Known(JsonNode ingest, JsonNode cells, JsonNode incident, JsonNode log) {

    static Known of(Site site) {
      JsonNode incidents = json(site, INCIDENTS).path("incidents");
      assertThat(incidents).as("%s", incidents).hasSize(1);
      JsonNode incident = incidents.path(0);
      return new Known(
          json(site, "/api/v1/ingest"),
          json(site, CELLS).path("cells"),
          incident,
          json(site, "/api/v1/incidents/%s/log".formatted(incident.path("id").asText())));
    }
  }

  @BeforeAll
  static void stopInTheMiddleOfAnIncidentAndStartAgain() throws Exception {
    try (Site first = Site.start(settings())) {
      STORY.tell(first, Story.OUTAGE.plus(Duration.ofMinutes(6)));
      Story.nonsense(first);
      awaitCounted(first);
      await(() -> json(first, INCIDENTS).at("/incidents/0/pagedAt"), paged -> paged.isTextual());
      before = Known.of(first);
    }
    site = Site.start(settings());
    after = Known.of(site);
    STORY.repeat(site, Duration.ofMinutes(5));
    repeated = awaitCounted(site);
    STORY.tell(site, Story.OUTAGE_END.plus(Duration.ofMinutes(30)));
    STORY.end();
    awaitCounted(site);
    await(
        () -> json(site, INCIDENTS).at("/incidents/0/state").asText(),
        state -> state.equals("resolved"));
    end = Known.of(site);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static SiteSettings settings() {
    return new SiteSettings(
        folder.resolve("data"), Ports.choose(0), 0, STORY.clock(), null, Map.of(), NOTICES::add);
  }

  @Test
  void talliesCellsAndIncidentsAreStillThere() {
    assertThat(before.ingest.path("received").asLong()).isGreaterThan(50_000);
    assertThat(before.ingest.path("deadLettered").asLong()).isEqualTo(1);
    assertThat(after.ingest).isEqualTo(before.ingest);
    assertThat(before.cells).isNotEmpty();
    assertThat(after.cells).isEqualTo(before.cells);
    for (String field : List.of("id", "class", "startedAt", "detectedAt", "pagedAt")) {
      assertThat(after.incident.path(field)).as(field).isEqualTo(before.incident.path(field));
    }
    assertThat(lines(after.log)).startsWith(lines(before.log).toArray(JsonNode[]::new));
  }

  @Test
  void whatItHasSeenBeforeItStoppedIsADuplicateAfterwards() {
    JsonNode known = after.ingest;
    assertThat(repeated.path("duplicates").asLong())
        .isGreaterThan(known.path("duplicates").asLong() + 500);
    assertThat(repeated.path("accepted")).isEqualTo(known.path("accepted"));
  }

  @Test
  void itGoesOnWithTheSameIncidentAndPagesOnce() {
    assertThat(end.ingest.path("accepted").asLong())
        .isGreaterThan(after.ingest.path("accepted").asLong());
    assertThat(end.cells).as("history is closed").isEqualTo(before.cells);
    for (String field : List.of("id", "pagedAt")) {
      assertThat(end.incident.path(field)).as(field).isEqualTo(before.incident.path(field));
    }
    assertThat(lines(end.log)).startsWith(lines(after.log).toArray(JsonNode[]::new));
    assertThat(NOTICES.stream().filter(notice -> notice.contains("PAGE"))).hasSize(1);
  }

  @Test
  void anotherOneOnTheSameFolderIsRefusedWithASentence() {
    StringWriter err = new StringWriter();
    int exitCode =
        Tillwatch.commandLine()
            .setErr(new PrintWriter(err))
            .execute(
                "standalone", "--data=" + folder.resolve("data"), "--port=0", "--kafka-port=0");
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains(folder.resolve("data").toString(), "is in use by another process");
  }

  @Test
  void takenPortsAreRefusedWithASentence() {
    String web = Integer.toString(URI.create(site.url()).getPort());
    String kafka = site.connection().bootstrapServers().split(":")[1];
    for (List<String> ports : List.of(List.of(web, "0"), List.of("0", kafka))) {
      StringWriter err = new StringWriter();
      int exitCode =
          Tillwatch.commandLine()
              .setErr(new PrintWriter(err))
              .execute(
                  "standalone",
                  "--data=" + folder.resolve("other"),
                  "--port=" + ports.get(0),
                  "--kafka-port=" + ports.get(1));
      assertThat(exitCode).isEqualTo(2);
      assertThat(err.toString()).hasLineCount(1).contains("is taken by another process");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
  void itIsUp(String path) {
    assertThat(json(site, path).path("status").asText()).isEqualTo("UP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi", "/openapi/topology", "/openapi/triage"})
  void itsApiIsDescribed(String path) {
    HttpResponse<String> answer = get(site, path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("openapi: 3.").contains("/api/v1/");
  }

  @Test
  void theFirstPageIsServedAndTrustsNothingFromElsewhere() {
    HttpResponse<String> page = get(site, "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).containsIgnoringCase("<!doctype html>").contains("Tillwatch");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
  }

  @Test
  void everyMetricOfTheDashboardAndTheAlertsIsServed() throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (String file : List.of("dashboards/tillwatch.json", "rules/tillwatch.rules.yml")) {
      Matcher names =
          Pattern.compile("\\b(?:tillwatch|kafka|jvm)_[a-z_]+")
              .matcher(Files.readString(Path.of("../helm", file)));
      while (names.find()) {
        wanted.add(names.group());
      }
    }
    assertThat(wanted).contains("tillwatch_actions_total", "kafka_stream_thread_process_rate");
    String served = get(site, "/prometheus").body();
    assertThat(wanted)
        .allSatisfy(name -> assertThat(served).containsPattern("(?m)^" + name + "[ {]"));
  }

  /** The tallies once every record was counted and the cells hold every accepted authorisation. */
  private static JsonNode awaitCounted(Site site) throws Exception {
    JsonNode tallies =
        await(
            () -> json(site, "/api/v1/ingest"),
            answer -> answer.path("received").asLong() == site.paymentRecords());
    String total =
        "/api/v1/cells?kind=auth&step=all&from=%s&to=%s"
            .formatted(Story.START.minus(Duration.ofDays(1)), Story.OUTAGE_END.plusSeconds(7200));
    long auths = tallies.at("/byKind/auth/accepted").asLong();
    await(() -> json(site, total), answer -> answer.at("/cells/0/events").asLong() == auths);
    return tallies;
  }

  private static List<JsonNode> lines(JsonNode log) {
    List<JsonNode> lines = new ArrayList<>();
    log.path("entries").forEach(lines::add);
    assertThat(lines).as("%s", log).isNotEmpty();
    return lines;
  }

  private static JsonNode json(Site site, String pathAndQuery) {
    HttpResponse<String> answer = get(site, pathAndQuery);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static HttpResponse<String> get(Site site, String pathAndQuery) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(site.url()).resolve(pathAndQuery);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(pathAndQuery, e);
    }
  }

  private static <T> T await(Callable<T> look, Predicate<T> enough) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    T seen = look.call();
    while (!enough.test(seen)) {
      assertThat(System.nanoTime()).as("in vain: %s", seen).isLessThan(deadline);
      Thread.sleep(100);
      seen = look.call();
    }
    return seen;
  }
}
