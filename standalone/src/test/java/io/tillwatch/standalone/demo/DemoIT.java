package io.tillwatch.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Goal: the demo finds its outage, only that, and says so in its report. Method: the command itself
 * with a fixed seed, less history and a higher speed than its own, so that the whole story passes
 * in well under the time given; all times compared are event times.
 */
@Isolated
class DemoIT {

  private static final Duration TIME_TO_DETECT = Duration.ofMinutes(2);

  @TempDir private static Path folder;

  private static int exitCode;
  private static JsonNode report;

  @BeforeAll
  static void runTheDemo() throws IOException {
    Path file = folder.resolve("report.json");
    exitCode =
        Tillwatch.commandLine()
            .execute(
                "demo",
                "--seed=1",
                "--history=2h",
                "--speed=60",
                "--for=38s",
                "--port=0",
                "--data=" + folder.resolve("data"),
                "--report=" + file);
    report = new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void whatWasFoundIsWhatTheScenarioDid() {
    assertThat(exitCode).isZero();
  }

  @Test
  void theOutageIsOneIncidentAndNoTrapIsAny() {
    assertThat(report.path("incidents")).hasSize(1);
    assertThat(types(report.path("traps"))).contains("volume_spike", "mix_shift", "noisy_cell");
    assertThat(truth().path("type").asText()).isEqualTo("psp_partial_outage");
    assertThat(incident().path("class").asText()).isEqualTo("psp_partial_outage");
  }

  @Test
  void theRootCellIsTheScopeOfTheTruth() {
    assertThat(incident().path("rootCells")).hasSize(1);
    JsonNode cell = incident().at("/rootCells/0");
    Map<String, String> scope = new HashMap<>();
    truth().path("scope").properties().forEach(e -> scope.put(e.getKey(), e.getValue().asText()));
    assertThat(scope).containsOnlyKeys("psp", "region");
    assertThat(Verdict.slice(cell)).isEqualTo(Slice.of(scope));
    assertThat(cell.path("kind").asText()).isEqualTo("auth");
    assertThat(cell.path("observed").asDouble()).isLessThan(cell.path("expected").asDouble());
    assertThat(cell.path("events").asLong()).isPositive();
  }

  @Test
  void itIsDetectedWithinTwoMinutesAndPagedAndResolved() {
    Instant broke = at(truth(), "start");
    assertThat(at(incident(), "detectedAt")).isBetween(broke, broke.plus(TIME_TO_DETECT));
    assertThat(at(incident(), "startedAt"))
        .isBetween(broke.minus(TIME_TO_DETECT), at(incident(), "detectedAt"));
    assertThat(at(incident(), "pagedAt")).isAfterOrEqualTo(at(incident(), "detectedAt"));
    assertThat(incident().path("state").asText()).isEqualTo("resolved");
    assertThat(at(incident(), "resolvedAt")).isAfter(at(truth(), "end"));
  }

  @Test
  void everyEventHasExactlyOneOutcome() {
    assertThat(report.path("events").asLong())
        .isPositive()
        .isEqualTo(
            report.path("accepted").asLong()
                + report.path("duplicates").asLong()
                + report.path("late").asLong()
                + report.path("deadLettered").asLong());
    assertThat(report.path("duplicates").asLong()).as("the simulator repeats some").isPositive();
    assertThat(report.path("deadLettered").asLong()).isZero();
  }

  /** One outage of one cell leaves a handful of anomalies; a storm is folded in the chaos suite. */
  @Test
  void mostAnomaliesAreHeardOfAsOneIncident() {
    assertThat(report.path("anomalies").asLong()).isGreaterThan(report.path("bursts").asLong());
    assertThat(report.path("noiseReduction").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void theReportHasEveryFieldInItsType() {
    for (String count : List.of("events", "accepted", "duplicates", "late", "deadLettered")) {
      assertThat(report.path(count).isIntegralNumber()).as(count).isTrue();
    }
    for (JsonNode happening : report.path("truth")) {
      types(happening, JsonNodeType.STRING, "type", "start", "end");
      types(happening, JsonNodeType.OBJECT, "scope");
    }
    types(
        incident(),
        JsonNodeType.STRING,
        "id",
        "class",
        "severity",
        "state",
        "owner",
        "title",
        "startedAt",
        "detectedAt",
        "pagedAt",
        "resolvedAt");
    types(incident(), JsonNodeType.ARRAY, "rootCells", "hypotheses", "evidence");
    types(incident(), JsonNodeType.OBJECT, "amountAtRiskMinor", "links");
    types(incident(), JsonNodeType.NUMBER, "approvalsLost", "revision", "episode");
    assertThat(incident().path("approvalsLost").asDouble()).isPositive();
    assertThat(incident().path("amountAtRiskMinor")).isNotEmpty();
    incident()
        .path("amountAtRiskMinor")
        .properties()
        .forEach(money -> {
          assertThat(money.getKey()).matches("[A-Z]{3}");
          assertThat(money.getValue().isIntegralNumber()).isTrue();
        });
  }

  @Test
  void hypothesesCiteEvidenceThatIsThere() {
    Set<String> known = new HashSet<>();
    incident().path("evidence").forEach(e -> assertThat(known.add(e.path("id").asText())).isTrue());
    assertThat(incident().path("hypotheses")).isNotEmpty();
    for (JsonNode hypothesis : incident().path("hypotheses")) {
      assertThat(hypothesis.path("statement").asText()).isNotBlank();
      assertThat(hypothesis.path("evidenceFor")).isNotEmpty();
      List<String> cited = new ArrayList<>();
      hypothesis.path("evidenceFor").forEach(id -> cited.add(id.asText()));
      hypothesis.path("evidenceAgainst").forEach(id -> cited.add(id.asText()));
      assertThat(known).containsAll(cited);
      assertThat(cited).as("nothing speaks both for and against").doesNotHaveDuplicates();
    }
    assertThat(incident().at("/hypotheses/0/class").asText()).isEqualTo("psp_partial_outage");
  }

  @Test
  void linksLeadToTheIncidentItsSliceAndItsTime() {
    JsonNode links = incident().path("links");
    links
        .properties()
        .forEach(link ->
            assertThat(URI.create(link.getValue().asText()))
                .as(link.getKey())
                .hasScheme("http")
                .hasHost("127.0.0.1"));
    URI runbook = URI.create(links.path("runbook").asText());
    assertThat(runbook.getPath()).matches("/runbooks/[a-z-]+");
    Map<String, String> query = query(URI.create(links.path("tillwatch").asText()));
    assertThat(query).containsEntry("incident", incident().path("id").asText());
    assertThat(query).containsEntry("psp", truth().at("/scope/psp").asText());
    assertThat(query).containsEntry("region", truth().at("/scope/region").asText());
    assertThat(at(truth(), "start"))
        .isBetween(Instant.parse(query.get("from")), Instant.parse(query.get("to")));
  }

  /** Later ones may have begun when nothing was sent any more: they cannot be found. */
  private static JsonNode truth() {
    return report.at("/truth/0");
  }

  private static JsonNode incident() {
    return report.at("/incidents/0");
  }

  private static Instant at(JsonNode node, String field) {
    return Instant.parse(node.path(field).asText());
  }

  private static void types(JsonNode node, JsonNodeType type, String... fields) {
    for (String field : fields) {
      assertThat(node.path(field).getNodeType()).as(field).isEqualTo(type);
    }
  }

  private static List<String> types(JsonNode happenings) {
    List<String> types = new ArrayList<>();
    happenings.forEach(each -> types.add(each.path("type").asText()));
    return types;
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> values = new HashMap<>();
    for (String pair : uri.getRawQuery().split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      values.put(nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
    }
    return values;
  }
}
