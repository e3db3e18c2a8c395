package io.tillwatch.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void theGoldenSetIsHeardWhenNothingIsAskedFor() throws IOException {
    Path report = folder.resolve("report.json");

    assertThat(run("--report", report + "")).as(out + "" + err).isZero();

    JsonNode told = new ObjectMapper().readTree(report.toFile());
    assertThat(told.path("cases").asInt()).isEqualTo(told.path("perCase").size());
    for (String figure :
        new String[] {
          "classMicroF1", "classMacroF1", "ownerAccuracy", "causeTop1", "causeTop3", "brier"
        }) {
      assertThat(told.path(figure).asDouble(-1)).as(figure).isBetween(0.0, 1.0);
    }
    assertThat(told.path("uncitedShown").asInt(-1)).isZero();
    assertThat(told.path("abstained").isInt()).isTrue();
    assertThat(told.path("perCase").path(0).path("id").asText()).isNotEmpty();
    assertThat(told.path("perCase").path(0).path("truth").asText()).isNotEmpty();
    assertThat(told.path("perCase").path(0).path("answer").asText()).isNotEmpty();
    assertThat(out.toString()).contains("class micro-F1", "FIRST TOLD", "AT THE END");
  }

  /** Simulated payments through detector and desk: slow, so three cases. */
  @Test
  void aSeedMakesTheSameCasesAndKeptOnesAreHeardAlike() throws IOException {
    Path first = folder.resolve("first.json");
    Path again = folder.resolve("again.json");
    Path cases = folder.resolve("cases");

    assertThat(run("--seed", "5", "--count", "3", "--write", cases + "", "--report", first + ""))
        .as(out + "" + err)
        .isZero();
    assertThat(run("--cases", cases + "", "--report", again + "")).as(err.toString()).isZero();

    JsonNode made = new ObjectMapper().readTree(first.toFile());
    JsonNode kept = new ObjectMapper().readTree(again.toFile());
    assertThat(kept.path("perCase")).isEqualTo(made.path("perCase")).hasSize(3);
    assertThat(err.toString()).contains("3 of 3 cases made");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --count 0            | --count is 0, expected 1 to 5000
          --cases none         | --cases: 'none' is no folder
          --rules no.yaml      | no.yaml
          --recorded answers   | --recorded: 'answers' is no folder
          --record answers     | --record: nothing is recorded without --model
          --model vendor.yaml  | --model: vendor.yaml
          --report /no/x       | --report: cannot write /no/x
          --suite danger       | --suite is 'danger', expected cases, or safety
          --corpora none       | expected cases, or safety, which alone takes --corpora
          --suite safety --corpora none | --corpora: 'none' is no folder
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
    all[0] = "evaluate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return command.execute(all);
  }
}
