package io.tillwatch.standalone.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Goal: what is counted is what the detector and the desk of production make of a scenario. */
class NoiseCommandTest {

  private static final String SCENARIO =
      """
      name: short
      description: An outage, and one payer who fails again and again.
      incidents:
        - {type: psp_outage, at: 5m, for: 10m, pick: [psp]}
      traps:
        - {type: noisy_cell, at: 20m, for: 4m, pick: [psp, binRange, region]}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  /** Seen: 11 cell minutes, 8 anomalies, 1 incident. */
  @Test
  void anOutageIsManyCellsAndOneIncidentAndATrapNone() throws IOException {
    Path scenario = Files.writeString(folder.resolve("short.yaml"), SCENARIO);
    Path report = folder.resolve("report.json");

    int exitCode =
        run(
            "--scenario",
            scenario + "",
            "--history",
            "2h",
            "--for",
            "30m",
            "--rate",
            "150",
            "--report",
            report + "");

    assertThat(exitCode).as("%s%s", out, err).isZero();
    JsonNode told = new ObjectMapper().readTree(report.toFile());
    JsonNode play = told.path("plays").path(0);
    assertThat(play.path("happened").asInt()).isOne();
    assertThat(play.path("incidents").asInt()).isOne();
    assertThat(play.path("anomalies").asInt()).isBetween(6, 14);
    assertThat(play.path("cellMinutes").asInt()).isBetween(10, 20);
    assertThat(told.path("noiseReduction").asDouble())
        .isEqualTo(Math.round(1e4 - 1e4 / play.path("anomalies").asInt()) / 1e4);
    assertThat(out.toString()).contains("found    psp_outage psp=").containsPattern("\ntotal +");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --scenario none.yaml | --scenario 'none.yaml' cannot be read
          --history 1h         | --history is 60 min, expected at least 2h
          --for 11d            | --for is 15840 min, expected up to 10d
          --rate 0             | --rate is 0.0, expected up to 10000
          --rules no.yaml      | no.yaml
          --report /no/x       | --report: cannot write /no/x
          """)
  void wrongUsageIsToldInALine(String arguments, String expected) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(expected).hasLineCount(1);
  }

  private int run(String... arguments) {
    CommandLine command =
        Tillwatch.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "noise";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return command.execute(all);
  }
}
