package io.tillwatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Goal: no alert about ourselves waits for a metric that nobody serves, or says nothing. */
class PrometheusRulesTest {

  private static final Pattern METRIC = Pattern.compile("tillwatch_[a-z_]+");

  /** What the roles serve at {@code /prometheus}. */
  private static final Set<String> SERVED =
      Set.of(
          "tillwatch_ingest_received_total",
          "tillwatch_ingest_records_total",
          "tillwatch_ingest_dead_letters_total",
          "tillwatch_ingest_conflicts_total",
          "tillwatch_cube_watermark_seconds",
          "tillwatch_incidents_open",
          "tillwatch_actions_total");

  @Test
  void alertsNameServedMetricsOnlyAndSayWhatIsWrong() throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode rule : rules()) {
      METRIC
          .matcher(rule.path("expr").asText())
          .results()
          .map(MatchResult::group)
          .forEach(named::add);
      assertThat(rule.path("alert").asText()).startsWith("Tillwatch");
      assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
      assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
      assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
    }
    assertThat(named).isNotEmpty().isSubsetOf(SERVED);
  }

  private static JsonNode rules() throws IOException {
    try (InputStream in =
        PrometheusRulesTest.class.getResourceAsStream("prometheus/tillwatch.rules.yml")) {
      return new YAMLMapper().readTree(in).path("groups").path(0).path("rules");
    }
  }
}
