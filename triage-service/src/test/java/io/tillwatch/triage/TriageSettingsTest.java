package io.tillwatch.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.act.ActSettings;
import io.tillwatch.triage.act.TargetMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriageSettingsTest {

  private static final Path EXAMPLE = Path.of("../examples/triage.yaml");

  @Test
  void theExampleSaysTheDefaults() {
    Settings example = Settings.load(EXAMPLE, Map.of(), Map.of());
    TriageSettings written = TriageSettings.from(example);
    example.verify();
    assertThat(written).isEqualTo(from(Map.of()));
    assertThat(written.act()).isEqualTo(ActSettings.DEFAULTS);
  }

  @Test
  void everythingCanBeSetFromTheEnvironment() {
    Settings settings =
        Settings.load(
            null,
            Map.of(
                "TILLWATCH_TENANT", "acme",
                "TILLWATCH_TRIAGE_ACT_DEADLINE", "3s",
                "TILLWATCH_TRIAGE_TARGETS_TICKET", "off",
                "TILLWATCH_TRIAGE_LINKS_GRAFANA", "https://grafana.example.com",
                "TILLWATCH_TRIAGE_CELLS_URL", "https://cells.example.com:8443"),
            Map.of());
    TriageSettings triage = TriageSettings.from(settings);
    settings.verify();
    assertThat(triage.tenant()).isEqualTo("acme");
    assertThat(triage.act().deadline()).isEqualTo(Duration.ofSeconds(3));
    assertThat(triage.targets())
        .containsEntry(ActionTarget.TICKET, TargetMode.OFF)
        .containsEntry(ActionTarget.PAGER, TargetMode.CONSOLE);
    assertThat(triage.links().grafana()).isEqualTo(URI.create("https://grafana.example.com"));
    assertThat(triage.cellsUrl()).isEqualTo("https://cells.example.com:8443");
  }

  @Test
  void allWrongValuesAreNamedAtOnce() {
    Settings settings =
        Settings.load(
            null,
            Map.of(),
            Map.of(
                "triage.targets.pager", "carrier-pigeon",
                "triage.links.grafana", "grafana.example.com",
                "triage.cells-url", "https://cells.example.com/'; script-src *",
                "triage.act.back-off", "1m"));
    TriageSettings.from(settings);
    assertThatThrownBy(settings::verify)
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.targets.pager")
        .hasMessageContaining("triage.links.grafana")
        .hasMessageContaining("triage.cells-url")
        .hasMessageContaining("triage.act.back-off-max");
  }

  @Test
  void aLinksBaseWithAPasswordIsNeitherTakenNorShown() {
    Settings settings =
        Settings.load(
            null, Map.of(), Map.of("triage.links.grafana", "https://ada:pa55@grafana.example"));
    TriageSettings.from(settings);
    assertThatThrownBy(settings::verify)
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.links.grafana")
        .hasMessageNotContaining("pa55");
  }

  @Test
  void linksFollowTheAddressThatIsServed() {
    assertThat(from(Map.of()).at(URI.create("http://10.0.0.7:9000")).links().tillwatch())
        .isEqualTo(URI.create("http://10.0.0.7:9000"));
  }

  private static TriageSettings from(Map<String, String> overrides) {
    return TriageSettings.from(Settings.load(null, Map.of(), overrides));
  }
}
