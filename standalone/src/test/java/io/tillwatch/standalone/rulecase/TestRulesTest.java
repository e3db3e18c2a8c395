package io.tillwatch.standalone.rulecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: cases say what is wrong with rules. Method: the shipped examples, and cases that fail. */
class TestRulesTest {

  private static final Path EXAMPLES = Path.of("..", "examples", "rules");

  private static final String CASE =
      """
      tests:
        - name: down
          start: 2026-12-07T00:00:00Z
          series:
            - slice: {psp: [northpay, southpay], region: [eu-west, us-east]}
              attempts: 200x190
              successes: 180x190
            - slice: {psp: alpinepay, region: eu-west}
              attempts: 200x190
              successes: 180x180 9x10
              technical: 2x180 180x10
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void theExamplesComeOutAsTheySay() {
    assertThat(run(EXAMPLES.toString())).as(out.toString()).isZero();
    assertThat(out.toString()).contains("7 cases, 0 failed");
  }

  @Test
  void whatIsNotAsExpectedIsToldWithWhatCame() throws IOException {
    Path file =
        write(
            CASE
                + """
                    expect:
                      - incident: {psp: alpinepay, severity: sev4, owner: issuer}
                        begins: 180m
                        opened-within: 0m
                        paged: false
                        pager: nobody
                        held-back-by: quiet
                        resolved-by: 185m
                      - incident: {psp: northpay}
                """
                    .indent(-0));
    Path report = folder.resolve("report.json");

    assertThat(run(file.toString(), "--report", report.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("FAILED  down")
        .contains("severity: expected sev4, found sev")
        .contains("owner: expected issuer, found psp")
        .contains("opened: expected by 2026-12-07T03:00:00Z, found 2026-12-07T03:01:00Z")
        .contains("paged: expected false, found true")
        .contains("pager: expected nobody, found ''")
        .contains("held back by: expected [quiet], found []")
        .contains("resolved: expected by 2026-12-07T03:05:00Z, found it still open")
        .contains("no incident, expected psp=northpay")
        .contains("came: INC-")
        .contains("1 cases, 1 failed");
    assertThat(Files.readString(report)).contains("\"name\" : \"down\"", "\"ok\" : false");
  }

  @Test
  void whatWasNotExpectedFails() throws IOException {
    assertThat(run(write(CASE + "    expect-nothing: true\n").toString())).isEqualTo(1);
    assertThat(out.toString()).contains(" was not expected");
  }

  @Test
  void everyMistakeOfAFileOfCasesIsTold() throws IOException {
    Path file =
        write(
            """
            rules: none.yaml
            tests:
              - name: a
                start: 2026-12-07T00:00:30Z
                series:
                  - {slice: {pps: x}, attempts: 10x5, successes: 11x5}
                  - {slice: {psp: x}, attempts: many, successes: 1x5}
                expect: [{incident: {class: outage}, opened-within: 3m}]
                expect-nothing: true
            """);

    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(out.toString().replace(folder + "/", ""))
        .contains("a.test.yaml:1:8: found 'none.yaml', expected a file or folder beside")
        .contains("a.test.yaml:4:12: found 2026-12-07T00:00:30Z, expected a full minute")
        .contains("a.test.yaml:6:18: found 'pps', expected one of binRange")
        .contains("minute 0: 10 attempts, 11 successes, 0 technical failures")
        .contains("found 'many', expected numbers by minute such as")
        .contains("found 'outage', expected one of")
        .contains("found no begins, expected when what causes it begins")
        .contains("found both, expected expect, or expect-nothing: true");
  }

  @Test
  void aCsvFileHasARowForEachMinute() throws IOException {
    Files.writeString(folder.resolve("north.csv"), "attempts,successes\n" + "200,180\n".repeat(70));
    Path file =
        write(
            """
            tests:
              - name: quiet
                series: [{slice: {psp: northpay}, csv: north.csv}]
                expect-nothing: true
            """);

    assertThat(run(file.toString())).as(out.toString()).isZero();
  }

  @Test
  void whatIsNotThereIsWrongUsage() {
    assertThat(run(folder.resolve("none.yaml").toString())).isEqualTo(2);
    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("none.yaml: no such file or folder")
        .contains("no file in it ends in .test.yaml");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("a.test.yaml"), text);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rules", "test"));
    all.addAll(List.of(arguments));
    return Tillwatch.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
