package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.Samples;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact answers over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentsControllerTest {

  private static final String INC_A =
      """
      {"id":"INC-A","class":"psp_partial_outage","severity":"sev1","state":"open","owner":"psp",\
      "title":"northpay eu-west: approvals down","rootCells":[{"kind":"auth","psp":"northpay",\
      "region":"eu-west","events":800,"observed":0.25,"expected":0.925}],\
      "startedAt":"2026-11-18T03:02:00Z","detectedAt":"2026-11-18T03:03:10Z","pagedAt":null,\
      "acknowledgedAt":null,"mitigatedAt":null,"recoveringAt":null,"resolvedAt":null,\
      "updatedAt":"2026-11-18T03:04:10Z","kpi":"success_rate","observed":0.25,"expected":0.925,\
      "approvalsLost":540.0,"amountAtRiskMinor":{"EUR":3412250},"hypotheses":[{"rank":1,\
      "class":"psp_partial_outage","owner":"psp","statement":"northpay fails in one region",\
      "evidenceFor":["E1"],"evidenceAgainst":[],"check":"Ask northpay","nextStep":"Route away",\
      "confidence":0.83,"author":"playbook","runbookPassage":"","needsApproval":false,\
      "playbookConfidence":null,"adviser":"","remark":""}],\
      "evidence":[{"id":"E1","kind":"root_cell","source":"b1","at":"2026-11-18T03:03:10Z",\
      "statement":"200 of 800 approved, 740 expected",\
      "slice":{"psp":"northpay"},"values":{"events":800.0}}],\
      "links":{"tillwatch":"http://localhost/?incident=INC-A"},"ticket":null,"routes":{},\
      "suppressions":[],"revision":1,\
      "episode":1,"bursts":["b1"],"noticedAt":null,"confirmedCause":"","mergedInto":null,\
      "recurrenceOf":null,"recurrences":0}\
      """;

  private TriageOverHttp http;

  @BeforeAll
  void start() {
    http = new TriageOverHttp("");
    http.incidents.apply(Samples.incident("INC-A").build());
    http.incidents.apply(
        Samples.incident("INC-B")
            .setState(IncidentState.RESOLVED)
            .setSeverity(Severity.SEV3)
            .setDetectedAt(Samples.ONSET.minus(Duration.ofHours(1)))
            .setResolvedAt(Samples.ONSET)
            .build());
    http.incidents.apply(Samples.entry("INC-A", 7, IncidentEvent.OPENED));
  }

  @BeforeEach
  void wellAndLoaded() {
    http.loaded = true;
    http.streams = true;
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void openIncidentsAreTheDefault() {
    HttpResponse<String> answer = http.get("/api/v1/incidents");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"incidents\":[%s],\"asOf\":\"2026-11-18T03:14:00Z\",\"truncated\":false}"
                .formatted(INC_A));
  }

  @Test
  void allAreNewestFirstUpToTheLimitAndSayWhenThereAreMore() {
    assertThat(http.get("/api/v1/incidents?state=all&limit=1").body())
        .startsWith("{\"incidents\":[{\"id\":\"INC-A\"")
        .doesNotContain("INC-B")
        .endsWith("\"truncated\":true}");
    assertThat(http.get("/api/v1/incidents?state=resolved").body())
        .startsWith("{\"incidents\":[{\"id\":\"INC-B\"")
        .doesNotContain("INC-A\"");
  }

  @Test
  void oneIncidentIsTheSameJson() {
    assertThat(http.get("/api/v1/incidents/INC-A").body()).isEqualTo(INC_A);
  }

  @Test
  void theLogSaysWhatHappened() {
    assertThat(http.get("/api/v1/incidents/INC-A/log").body())
        .isEqualTo(
            """
            {"id":"INC-A","entries":[{"sequence":7,"at":"2026-11-18T03:03:10Z","event":"opened",\
            "revision":1,"author":"tillwatch","text":"northpay eu-west: approvals down",\
            "previousHash":"","hash":"00ff"}]}\
            """);
  }

  @Test
  void theTimelineSaysWhatHappenedAndHowLongItTook() {
    assertThat(http.get("/api/v1/incidents/INC-A/timeline").body())
        .isEqualTo(
            """
            {"id":"INC-A","title":"northpay eu-west: approvals down","state":"open",\
            "severity":"sev1","episode":1,"figures":{"detectedAt":"2026-11-18T03:03:10Z",\
            "secondsToDetect":70,"secondsToPage":null,"secondsToAcknowledge":null,\
            "secondsToMitigate":null,"secondsToRecover":null,"secondsToResolve":null,\
            "leadOverStatusPageSeconds":null,"approvalsLost":540.0,\
            "amountAtRiskMinor":{"EUR":3412250},"last":false},"moments":[\
            {"at":"2026-11-18T03:02:00Z","what":"onset","who":"tillwatch",\
            "text":"it begins, as estimated"},{"at":"2026-11-18T03:03:10Z","what":"opened",\
            "who":"tillwatch","text":"northpay eu-west: approvals down"}],"heldBack":[]}\
            """);
  }

  @Test
  void thePostmortemIsMarkdown() {
    HttpResponse<String> answer = http.get("/api/v1/incidents/INC-A/postmortem");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/markdown;charset=utf-8");
    assertThat(answer.body()).startsWith("# Postmortem of INC-A\n");
    assertThat(http.get("/api/v1/incidents/INC-X/postmortem").statusCode()).isEqualTo(404);
  }

  @Test
  void theHeadOfTheLogIsItsLastEntry() {
    assertThat(http.get("/api/v1/audit/head").body())
        .isEqualTo(
            """
            {"heads":[{"tenant":"default","sequence":7,"hash":"00ff",\
            "at":"2026-11-18T03:03:10Z"}]}\
            """);
  }

  @Test
  void anUnknownIncidentIsNotFoundAndTheAnswerSaysWhatWouldBe() {
    HttpResponse<String> answer = http.get("/api/v1/incidents/INC-X");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"error":"unknown_incident","message":"no incident 'INC-X'",\
            "expected":"an id from /api/v1/incidents?state=all"}\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=burning", "limit=0", "limit=1001", "limit=ten", "limit="})
  void aWrongParameterIsRefusedByName(String query) {
    HttpResponse<String> answer = http.get("/api/v1/incidents?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith(
            "{\"error\":\"bad_parameter\",\"message\":\"%s is '"
                .formatted(query.substring(0, query.indexOf('='))))
        .contains("\"expected\":\"");
  }

  @Test
  void whileTheIncidentsAreReadItSaysSoInsteadOfNone() {
    http.loaded = false;
    HttpResponse<String> answer = http.get("/api/v1/incidents");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body()).startsWith("{\"error\":\"loading\"");
    assertThat(http.get("/api/v1/incidents/INC-X").statusCode()).isEqualTo(503);
  }

  @Test
  void healthFollowsTheParts() {
    assertThat(http.get("/health").statusCode()).isEqualTo(200);
    http.streams = false;
    assertThat(http.get("/health").statusCode()).isEqualTo(503);
    assertThat(http.get("/health/liveness").statusCode())
        .as("a broker that is away is no reason to restart us")
        .isEqualTo(200);
  }

  @Test
  void metricsAreServedForPrometheus() {
    assertThat(http.get("/prometheus").body())
        .contains("tillwatch_incidents_open{severity=\"sev1\"} 1");
  }

  @Test
  void answersAreAsTheDescriptionSays() {
    String description = http.get("/openapi").body();
    assertThat(http.get("/openapi/triage").body()).isEqualTo(description);
    OpenApiInteractionValidator validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(description).build();
    assertThat(problems(validator, "/api/v1/incidents")).isEmpty();
    assertThat(problems(validator, "/api/v1/incidents/INC-A")).isEmpty();
    assertThat(problems(validator, "/api/v1/incidents/INC-A/log")).isEmpty();
    assertThat(problems(validator, "/api/v1/incidents/INC-X")).isEmpty();
    assertThat(problems(validator, "/api/v1/incidents/INC-A/timeline")).isEmpty();
    assertThat(problems(validator, "/api/v1/audit/head")).isEmpty();
  }

  private java.util.List<ValidationReport.Message> problems(
      OpenApiInteractionValidator validator, String path) {
    HttpResponse<String> answer = http.get(path);
    return validator
        .validateResponse(
            path,
            Method.GET,
            SimpleResponse.Builder.status(answer.statusCode())
                .withContentType("application/json")
                .withBody(answer.body())
                .build())
        .getMessages();
  }
}
