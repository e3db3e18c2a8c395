package io.tillwatch.triage.statuspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryReaderTest {

  @Test
  void aSummaryIsReadAsStatuspageWritesIt() throws Unreadable {
    Summary summary =
        read(
            """
            {"page": {"id": "k1", "name": "Northpay", "updated_at": "2026-11-20T09:00:00.000Z"},
             "status": {"indicator": "major", "description": "Partial System Outage"},
             "components": [
               {"id": "b1", "name": "Card authorisations", "status": "partial_outage",
                "updated_at": "2026-11-20T08:58:00.000Z", "group": false, "position": 1},
               {"id": "g1", "name": "Europe", "status": "partial_outage",
                "updated_at": "2026-11-20T08:58:00.000Z", "group": true}],
             "incidents": [
               {"id": "p1", "name": "Elevated declines\\nfor EU Visa", "status": "investigating",
                "impact": "major", "created_at": "2026-11-20T08:57:30.000Z",
                "updated_at": "2026-11-20T09:20:00.000Z", "started_at": "2026-11-20T08:57:00.000Z",
                "shortlink": "https://stspg.example/x",
                "incident_updates": [
                  {"status": "investigating", "created_at": "2026-11-20T09:20:00.000Z"},
                  {"status": "investigating", "created_at": "2026-11-20T08:58:00.000Z",
                   "affected_components": [{"code": "b1", "name": "Card authorisations",
                     "old_status": "operational", "new_status": "partial_outage"}]}],
                "components": []}],
             "scheduled_maintenances": [
               {"id": "m1", "name": "Database", "status": "in_progress", "impact": "none",
                "created_at": "2026-11-01T00:00:00.000Z", "updated_at": "2026-11-20T08:00:00.000Z",
                "scheduled_for": "2026-11-20T08:00:00.000Z"},
               {"id": "m2", "name": "Next week", "status": "scheduled", "impact": "none",
                "created_at": "2026-11-01T00:00:00.000Z",
                "updated_at": "2026-11-01T00:00:00.000Z"}]}
            """);

    assertThat(summary.parts()).containsOnlyKeys("b1");
    assertThat(summary.parts().get("b1"))
        .isEqualTo(
            new Summary.Part(
                "b1",
                "Card authorisations",
                "partial_outage",
                StatusIndicator.MAJOR,
                Instant.parse("2026-11-20T08:58:00Z")));
    assertThat(summary.troubles()).containsOnlyKeys("p1", "m1");
    assertThat(summary.troubles().get("p1"))
        .isEqualTo(
            new Summary.Trouble(
                "p1",
                "Elevated declines for EU Visa",
                "investigating",
                StatusIndicator.MAJOR,
                Instant.parse("2026-11-20T08:58:00Z"),
                Instant.parse("2026-11-20T08:57:00Z"),
                "https://stspg.example/x",
                Map.of("b1", "Card authorisations")));
    assertThat(summary.troubles().get("m1").indicator()).isEqualTo(StatusIndicator.MAINTENANCE);
  }

  @Test
  void anIncidentThatIsResolvedIsNotThere() throws Unreadable {
    Summary summary =
        read(
            """
            {"components": [], "scheduled_maintenances": [], "incidents": [
              {"id": "p1", "name": "Past", "status": "resolved", "impact": "major",
               "created_at": "2026-11-20T08:57:00Z", "updated_at": "2026-11-20T09:20:00Z"}]}
            """);

    assertThat(summary.troubles()).isEmpty();
  }

  @Test
  void whatHasNoIdNameOrTimeIsLeftOut() throws Unreadable {
    Summary summary =
        read(
            """
            {"components": [{"id": "b1", "status": "major_outage"}, {"id": 7}, null, "x",
               {"id": "b2", "name": "Cards", "status": "major_outage", "updated_at": "yesterday"}],
             "scheduled_maintenances": [], "incidents": [{"name": "no id"}]}
            """);

    assertThat(summary.parts()).isEmpty();
    assertThat(summary.troubles()).isEmpty();
  }

  @Test
  void noMoreComponentsThanTheLimitAreLookedAt() throws Unreadable {
    String component =
        "{\"id\": \"b%d\", \"name\": \"C\", \"status\": \"operational\","
            + " \"updated_at\": \"2026-11-20T08:58:00Z\"}";
    String all =
        IntStream.range(0, 2 * SummaryReader.PARTS_MAX)
            .mapToObj(component::formatted)
            .collect(Collectors.joining(","));

    Summary summary =
        read(
            "{\"components\": [%s], \"incidents\": [], \"scheduled_maintenances\": []}"
                .formatted(all));

    assertThat(summary.parts()).hasSize(SummaryReader.PARTS_MAX);
  }

  @Test
  void whatIsNoSummaryIsRefusedWithoutItsContent() {
    assertThatThrownBy(() -> read("<html>4111111111111111</html>"))
        .isInstanceOf(Unreadable.class)
        .hasMessage("no JSON at line 1, column 1");
    assertThatThrownBy(() -> read("[]")).hasMessage("no JSON object");
    assertThatThrownBy(() -> read("{\"page\": {}}"))
        .hasMessage("no list 'components', expected a Statuspage summary");
    assertThatThrownBy(() -> read("{\"components\":" + "[".repeat(64) + "]".repeat(64) + "}"))
        .isInstanceOf(Unreadable.class);
    assertThatThrownBy(() -> read("{} {}")).isInstanceOf(Unreadable.class);
  }

  private static Summary read(String json) throws Unreadable {
    return SummaryReader.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
