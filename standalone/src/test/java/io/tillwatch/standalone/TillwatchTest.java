package io.tillwatch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillwatchTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpNamesTheCommand() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: tillwatch");
  }

  @Test
  void versionIsOneLine() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("tillwatch ").hasLineCount(1);
  }

  @Test
  void wrongUsageExitsWithTwoAndSaysWhatWasWrong() {
    assertThat(run("--no-such-option")).isEqualTo(2);
    assertThat(err.toString()).contains("--no-such-option");
  }

  @Test
  void wrongInputIsOneLineAndExitsWithTwoBeforeAnythingStarts(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("something"), "x");
    Path scenario =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            name: elsewhere
            incidents:
              - {type: psp_outage, scope: {psp: nosuchpsp}, at: 3m, for: 10m}
            """);
    wrong("demo --data=" + folder, "is not empty");
    wrong("demo --port=0 --scenario=" + scenario, "nosuchpsp");
    wrong("demo --report=" + folder.resolve("missing/report.json"), "--report: cannot write");
    wrong("demo --port=70000", "--port is 70000");
    wrong("standalone --port=0 --set=cube.retentoin=2d --data=" + folder, "cube.retention");
  }

  private void wrong(String arguments, String message) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments.split(" "))).as(arguments).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElse("")).contains(message);
    assertThat(err.toString()).hasLineCount(err.toString().contains("see tillwatch") ? 2 : 1);
  }

  private int run(String... arguments) {
    return Tillwatch.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
