package io.tillwatch.standalone.evaluate.safety;

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

/**
 * Goal: everything that is shipped holds, and table and report say so. Method: the command as it is
 * run by hand, with a folder of one more line.
 */
class SafetySuiteTest {

  private static final String LINE =
      """
      {"id": "more-1", "name": "more", "raw_output": "nothing of use", "expect": "fallback",
       "assert": ["incident_opened", "page_sent_once", "rule_hypothesis_present"]}
      """
          .replace("\n", " ");

  private final StringWriter out = new StringWriter();

  @TempDir private Path folder;

  @Test
  void allOfWhatIsShippedHolds() throws IOException {
    Path report = folder.resolve("report.json");
    Path more = Files.createDirectory(folder.resolve("more"));
    Files.writeString(more.resolve("llm_outputs.jsonl"), LINE);

    int exitCode =
        Tillwatch.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute(
                "evaluate", "--suite", "safety", "--corpora", more + "", "--report", report + "");

    assertThat(exitCode).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("lines of shipped and " + more, "redaction", "passed", "instead of 20000 ms");
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("passed").booleanValue()).isTrue();
    assertThat(json.at("/redaction/lines").intValue()).isEqualTo(114);
    assertThat(json.at("/redaction/leaks").intValue()).isZero();
    assertThat(json.at("/redaction/mustKeepLost").intValue()).isZero();
    assertThat(json.at("/redaction/byType/PAN/marked").intValue()).isGreaterThan(50);
    assertThat(json.at("/injection/asserts").intValue()).isGreaterThan(400);
    assertThat(json.at("/injection/failed").intValue()).isZero();
    assertThat(json.at("/injection/benignBlocked").intValue()).isZero();
    assertThat(json.at("/injection/canaryFields").intValue()).isGreaterThan(80);
    assertThat(json.at("/injection/canaryFieldsOnWire").intValue()).isZero();
    assertThat(json.at("/answers/lines").intValue()).isEqualTo(51);
    assertThat(json.at("/answers/failures")).isEmpty();
    assertThat(json.at("/answers/pagedP99Millis").longValue()).isBetween(1L, 5_000L);
  }
}
