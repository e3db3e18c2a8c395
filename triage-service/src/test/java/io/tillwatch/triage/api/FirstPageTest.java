package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.settings.Secret;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page as a browser gets it: whole, and with nothing that its policy would refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstPageTest {

  private static final List<String> SCRIPTS =
      List.of(
          "page.js",
          "api.js",
          "ask.js",
          "chart.js",
          "commands.js",
          "detail.js",
          "incidents.js",
          "kept.js",
          "dom.js",
          "words.js");

  private TriageOverHttp http;

  @BeforeAll
  void start() {
    http = new TriageOverHttp("https://cells.example.com:8443");
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void everythingThePageAsksForIsServedWithItsType() {
    String page = http.get("/").body();
    Matcher addresses = Pattern.compile("(?:href|src)=\"(/page/[^\"]+)\"").matcher(page);
    assertThat(addresses.results().map(found -> found.group(1)))
        .hasSizeGreaterThan(2)
        .allSatisfy(address -> assertThat(http.get(address).statusCode()).isEqualTo(200));
    assertThat(type("/")).isEqualTo("text/html;charset=utf-8");
    assertThat(type("/page/page.css")).isEqualTo("text/css;charset=utf-8");
    assertThat(type("/page/icon.svg")).isEqualTo("image/svg+xml");
    assertThat(SCRIPTS)
        .allSatisfy(script ->
            assertThat(type("/page/" + script)).isEqualTo("text/javascript;charset=utf-8"));
    assertThat(SCRIPTS)
        .allSatisfy(
            script -> assertThat(imports(http.get("/page/" + script).body())).isSubsetOf(SCRIPTS));
  }

  @Test
  void nothingIsInline() {
    assertThat(http.get("/").body())
        .doesNotContain("<style")
        .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
        .doesNotContainPattern("\\s(on\\w+|style)=");
  }

  @Test
  void textNeverBecomesMarkup() {
    assertThat(SCRIPTS)
        .allSatisfy(script ->
            assertThat(http.get("/page/" + script).body())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
                .doesNotContain("eval(", "new Function"));
  }

  @Test
  void everyAnswerForbidsWhatThePageDoesNotNeed() {
    for (String path : List.of("/", "/page/page.js", "/api/v1/incidents", "/nowhere")) {
      HttpResponse<String> answer = http.get(path);
      assertThat(header(answer, "Content-Security-Policy"))
          .as(path)
          .isEqualTo(
              "default-src 'self'; connect-src 'self' https://cells.example.com:8443;"
                  + " object-src 'none'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'");
      assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(header(answer, "Referrer-Policy")).as(path).isEqualTo("no-referrer");
    }
    assertThat(header(http.get("/api/v1/incidents"), "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    String tag = header(http.get("/page/page.js"), "ETag");
    HttpResponse<String> again = http.get("/page/page.js", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void noOtherFileCanBeReached() {
    assertThat(http.get("/page/..%2f..%2ftriage.yaml").statusCode()).isEqualTo(404);
    assertThat(http.get("/page/nothing.js").statusCode()).isEqualTo(404);
  }

  @Test
  void everyElementThatAScriptLooksForIsThere() {
    String page = http.get("/").body();
    List<String> wanted =
        SCRIPTS.stream()
            .flatMap(script -> found("byId\\('([^'$]+)'\\)", http.get("/page/" + script).body()))
            .toList();
    assertThat(wanted)
        .contains("open", "command", "token")
        .allSatisfy(id -> assertThat(page).containsOnlyOnce("id=\"%s\"".formatted(id)));
  }

  @Test
  void theTokenIsKeptForTheTabAlone() {
    assertThat(SCRIPTS)
        .allSatisfy(script ->
            assertThat(http.get("/page/" + script).body())
                .doesNotContain("localStorage", "document.cookie", "indexedDB", "caches."));
    assertThat(http.get("/page/kept.js").body()).contains("sessionStorage");
  }

  @Test
  void theTokenDoesNotTakeThePlaceOfALoginInFront() {
    assertThat(SCRIPTS)
        .allSatisfy(script ->
            assertThat(http.get("/page/" + script).body()).doesNotContain("headers.Authorization"));
    assertThat(http.get("/page/api.js").body()).contains("'" + WriteGate.TOKEN_HEADER + "'");
  }

  @Test
  void thePageIsToldWhereTheCellsAreAndWhatAReviewCanConfirm() throws IOException {
    JsonNode config = config(http);
    assertThat(config.path("cellsUrl").asText()).isEqualTo("https://cells.example.com:8443");
    assertThat(config.path("classes"))
        .hasSize(IncidentClass.values().length - 1)
        .extracting(JsonNode::asText)
        .contains("psp_outage")
        .doesNotContain("unknown");
  }

  @Test
  void thePageIsToldWhatThisBrowserNeedsToWrite() throws IOException {
    assertThat(config(http).path("writes").asText()).isEqualTo("open");
    assertThat(config(http).path("closedBecause").asText()).isEmpty();
    JsonNode behindAProxy = config(http, "X-Forwarded-For", "203.0.113.9");
    assertThat(behindAProxy.path("writes").asText()).isEqualTo("closed");
    assertThat(behindAProxy.path("closedBecause").asText())
        .contains("a proxy stands in between", "triage.api.token");
    try (TriageOverHttp guarded =
        new TriageOverHttp("", Secret.of("a-token-of-16-or-more"), false)) {
      JsonNode config = config(guarded, "X-Forwarded-For", "203.0.113.9");
      assertThat(config.path("writes").asText()).isEqualTo("token");
      assertThat(config.toString()).doesNotContain("a-token-of-16-or-more");
    }
  }

  @Test
  void runbooksThatIncidentsLinkToAreServedAsText() {
    HttpResponse<String> answer = http.get("/runbooks/psp-partial-outage");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).startsWith("text/plain");
    assertThat(answer.body()).startsWith("# ").contains("## First moves");
    assertThat(http.get("/runbooks/none").statusCode()).isEqualTo(404);
  }

  private static List<String> imports(String script) {
    return found("from '\\./([^']+)'", script).toList();
  }

  private static Stream<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
  }

  private static JsonNode config(TriageOverHttp server, String... headers) throws IOException {
    return new ObjectMapper().readTree(server.get("/page/config.json", headers).body());
  }

  private String type(String path) {
    return header(http.get(path), "Content-Type")
        .replace("; ", ";")
        .toLowerCase(java.util.Locale.ROOT);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
