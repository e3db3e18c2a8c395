package io.tillwatch.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.load.model.World;
import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.load.yaml.YamlMap;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {

  private static final Instant START = Instant.parse("2026-11-18T15:00:00Z");

  private static Scenario parse(String text) {
    return ScenarioFile.parse(YamlMap.read("s.yaml", new StringReader(text)));
  }

  private static String incident(String fields) {
    return "name: x\nincidents:\n  - {" + fields + "}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "type: psp_outag, at: 1m, for: 5m | s.yaml:3: type 'psp_outag' is no incident",
        "type: volume_spike, at: 1m, for: 5m | s.yaml:3: type 'volume_spike' is no incident",
        "type: psp_outage, at: 1m, for: 5m | s.yaml:3: psp_outage needs a psp",
        "type: psp_outage, at: 1m, for: 0m, pick: [psp] | s.yaml:3: for is '0m'",
        "type: psp_outage, at: 1m, pick: [psp] | s.yaml:3: 'for' is missing",
        "type: psp_outage, at: 1m, for: 5m, pick: [psp], strength: 2 | from 0.001 to 1.0",
        "type: psp_outage, at: 1m, for: 5m, pick: [pspp] | s.yaml:3: 'pspp' is no dimension",
        "type: psp_outage, at: 1m, for: 5m, pick: [method] | s.yaml:3: 'method' is no dimension",
        "type: psp_outage, at: 1m, for: 5m, scope: {psp: a}, pick: [psp] | fixed by the scope",
        "type: psp_outage, at: 1m, for: 5m, pick: [psp], times: 3, every: 5m | longer than for",
        "type: psp_outage, at: 1m, for: 5m, pick: [psp], times: 9999 | s.yaml:3: times",
        "type: psp_outage, at: 1m, for: 5m, pick: [psp], colour: red | unknown key 'colour'",
        "type: card_testing_attack, at: 1m, for: 5m, scope: {scheme: visa} | 'scheme' is no dim",
      })
  void mistakesAreSaidWithFileAndLine(String fields, String message) {
    assertThatThrownBy(() -> parse(incident(fields)))
        .isInstanceOf(InvalidYaml.class)
        .hasMessageStartingWith("s.yaml:3: ")
        .hasMessageContaining(message);
  }

  @Test
  void aPlaceThatIsNotInTheWorldIsSaidWithFileAndLine() {
    Scenario scenario =
        parse(incident("type: psp_outage, at: 1m, for: 5m, scope: {psp: northpal}"));
    assertThatThrownBy(() -> scenario.script(World.draw(1, 200), START))
        .hasMessageStartingWith("s.yaml:3: psp 'northpal' is not in this world, expected one of")
        .hasMessageContaining("northpay");
  }

  @Test
  void aStrengthThatIsNotGivenIsTheUsualOne() {
    Scenario scenario = parse(incident("type: psp_outage, at: 1m, for: 5m, pick: [psp]"));
    assertThat(scenario.script(World.draw(1, 200), START).disturbances())
        .singleElement()
        .satisfies(each -> assertThat(each.strength()).isEqualTo(0.97));
  }
}
