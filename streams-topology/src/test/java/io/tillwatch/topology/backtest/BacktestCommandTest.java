package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Goal: a recording is judged minute by minute, and scored as the protocol says. Method: four hours
 * of two PSPs in two regions, in the last of which one PSP fails half its payments for twenty
 * minutes; later its traffic doubles, which is nothing to tell.
 */
class BacktestCommandTest {

  private static final int MINUTES = 300;
  private static final int START = 180;
  private static final int END = 200;
  private static final String LABELS =
      """
      {"minutes": 300, "warmup_minutes": 120, "dims": ["psp", "region"], "events": [
       {"id": 0, "cls": "sr", "type": "psp_partial", "start": 180, "end": 200,
        "root_cause": "psp=a", "causes": [{"psp": "a"}]},
       {"id": 1, "cls": "trap", "type": "flash_sale", "start": 260, "end": 280,
        "root_cause": "", "causes": [{}]}]}
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void record() throws IOException {
    Files.writeString(
        folder.resolve("cells.csv"), "cell,psp,region\n0,a,EU\n1,a,US\n2,b,EU\n3,b,US\n");
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder rows = new StringBuilder("minute,cell,n,ok\n");
    for (int minute = 0; minute < MINUTES; minute++) {
      for (int leaf = 0; leaf < 4; leaf++) {
        boolean isBroken = leaf < 2 && minute >= START && minute < END;
        int events = minute >= 260 && minute < 280 ? 80 : 40;
        int ok = 0;
        for (int i = 0; i < events; i++) {
          ok += random.nextDouble() < (isBroken ? .5 : .9) ? 1 : 0;
        }
        rows.append("%d,%d,%d,%d\n".formatted(minute, leaf, events, ok));
      }
    }
    Files.writeString(folder.resolve("auth.csv"), rows);
  }

  private int run(String... arguments) {
    return new CommandLine(new BacktestCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void whatWasFoundIsToldAndScored() throws IOException {
    Files.writeString(folder.resolve("labels.json"), LABELS);
    Path report = folder.resolve("report.json");
    assertThat(run("--cells", folder.toString(), "--report", report.toString())).isZero();
    JsonNode told = new ObjectMapper().readTree(report.toFile());
    assertThat(told.path("incidents")).hasSize(1);
    JsonNode incident = told.path("incidents").get(0);
    assertThat(incident.path("channel").asText()).isEqualTo("success_rate");
    assertThat(incident.path("openedAt").asInt()).isBetween(START, START + 2);
    assertThat(incident.path("closedAt").asInt()).isBetween(END, END + 15);
    assertThat(incident.path("rootCauses").path("0").get(0).asText()).isEqualTo("psp=a");
    JsonNode score = told.path("score");
    assertThat(score.path("f1").asDouble()).isEqualTo(1);
    assertThat(score.path("falseIncidentsPerDay").asDouble()).isZero();
    assertThat(score.path("trapsAlerted").asInt()).isZero();
    assertThat(score.path("traps").asInt()).isEqualTo(1);
    assertThat(score.path("rootSetAt5").path("f1").asDouble()).isEqualTo(1);
    assertThat(out.toString()).contains("event F1 1.000, precision 1.000, recall 1.000 of 1");
  }

  @Test
  void whatLiesBesideTheCountsIsWatchedToo() throws IOException {
    StringBuilder latency = new StringBuilder("minute,psp,region,n,p50_ms,p90_ms\n");
    StringBuilder declines = new StringBuilder("minute,psp,do_not_honor,odd\n");
    StringBuilder webhooks = new StringBuilder("minute,psp,received\n");
    SplittableRandom random = new SplittableRandom(9);
    for (int minute = 0; minute < MINUTES; minute++) {
      for (String psp : new String[] {"a", "b"}) {
        boolean odd = psp.equals("b") && minute >= 230 && minute < 250;
        for (String region : new String[] {"EU", "US"}) {
          double noise = 1 + .05 * random.nextGaussian();
          double p50 = (odd ? 800 : 400) * noise;
          latency.append("%d,%s,%s,40,%.0f,%.0f%n".formatted(minute, psp, region, p50, 2 * p50));
        }
        declines.append("%d,%s,%d,%d%n".formatted(minute, psp, odd ? 3 : 8, odd ? 6 : 1));
        int owed = minute > 260 && minute <= 280 ? 160 : 80;
        webhooks.append("%d,%s,%d%n".formatted(minute, psp, odd ? 20 : owed));
      }
    }
    Files.writeString(folder.resolve("latency.csv"), latency);
    Files.writeString(folder.resolve("declines.csv"), declines);
    Files.writeString(folder.resolve("webhooks.csv"), webhooks);
    Path report = folder.resolve("report.json");
    assertThat(run("--cells", folder.toString(), "--report", report.toString())).isZero();

    JsonNode incidents = new ObjectMapper().readTree(report.toFile()).path("incidents");
    assertThat(incidents).hasSize(4);
    for (String channel : new String[] {"latency", "decline_mix", "webhook"}) {
      assertThat(incidents)
          .filteredOn(incident -> incident.path("channel").asText().equals(channel))
          .singleElement()
          .satisfies(incident -> {
            assertThat(incident.path("openedAt").asInt()).isBetween(230, 236);
            assertThat(incident.path("closedAt").asInt()).isBetween(250, 265);
            assertThat(incident.path("rootCauses").path("0").get(0).asText()).isEqualTo("psp=b");
          });
    }
  }

  @Test
  void rulesSayHowSensitiveItIs() throws IOException {
    Path rules = folder.resolve("rules.yaml");
    String watch =
        """
        watches:
          - name: auth-success-rate
            kind: auth
            kpi: success_rate
            false-alarm-every: 7d
            failures-min: %s
        """;
    Files.writeString(rules, watch.formatted("100000"));
    Path report = folder.resolve("report.json");
    String[] arguments = {
      "--cells", folder.toString(), "--rules", rules.toString(), "--report", report.toString()
    };
    assertThat(run(arguments)).isZero();
    assertThat(new ObjectMapper().readTree(report.toFile()).path("incidents")).isEmpty();

    Files.writeString(rules, watch.formatted("few"));
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains("--rules: ").contains("rules.yaml:6:");
    assertThat(run("--cells", folder.toString(), "--rules", "nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("nowhere.yaml");
  }

  @Test
  void withoutLabelsItTellsWhatItFound() {
    assertThat(run("--cells", folder.toString())).isZero();
    assertThat(out.toString()).contains("300 minutes").contains("1 incidents").contains("psp=a");
  }

  @Test
  void aReportThatCannotBeWrittenIsSaid() {
    Path report = folder.resolve("none/report.json");
    assertThat(run("--cells", folder.toString(), "--report", report.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("backtest: ").contains("report.json");
  }

  @Test
  void whatHappenedIsDrawn() throws IOException {
    Files.writeString(folder.resolve("labels.json"), LABELS);
    Path plots = folder.resolve("to/plots");
    assertThat(run("--cells", folder.toString(), "--plot", plots.toString())).isZero();
    assertThat(out.toString()).contains("2 pictures: " + plots.resolve("index.html"));
    assertThat(plots.resolve("event-000-psp_partial.svg")).content().contains("✓ found after ");
    assertThat(plots.resolve("event-001-flash_sale.svg")).content().contains("✓ kept silent");
    assertThat(plots.resolve("index.html"))
        .content()
        .contains("1 found, 1 kept silent.", "event-000-psp_partial.svg");
  }

  @Test
  void aFolderForPicturesThatIsAFileIsSaidBeforeItRuns() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertThat(run("--cells", folder.toString(), "--plot", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("taken is no folder, and cannot be made one");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongInputIsOneSentence() throws IOException {
    assertThat(run("--cells", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is no folder");
    Files.writeString(folder.resolve("auth.csv"), "minute,cell,n,ok\n0,9,1,1\n");
    assertThat(run("--cells", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("auth.csv:2: expected a cell below 4");
  }
}
