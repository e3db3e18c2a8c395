package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page as a browser gets it: whole, and with nothing that its policy would refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstPageTest {

  private static final List<String> SCRIPTS =
      List.of("page.js", "chart.js", "incidents.js", "dom.js", "words.js");

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
  void thePageIsToldWhereTheCellsAre() {
    assertThat(http.get("/page/config.json").body())
        .isEqualTo("{\"cellsUrl\":\"https://cells.example.com:8443\"}");
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
    return Pattern.compile("from '\\./([^']+)'")
        .matcher(script)
        .results()
        .map(found -> found.group(1))
        .toList();
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
