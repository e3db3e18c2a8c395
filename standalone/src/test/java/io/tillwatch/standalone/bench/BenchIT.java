package io.tillwatch.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.Tillwatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Goal: the bench measures what it says, and says so in its report. Method: tiny runs by the
 * command, with a broker, contestants and topology as processes of their own.
 */
@Execution(ExecutionMode.CONCURRENT)
class BenchIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  private JsonNode bench(String... arguments) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> all = new ArrayList<>(List.of("bench", "--data", folder.toString()));
    all.addAll(List.of("--report", report.toString()));
    all.addAll(List.of(arguments));
    int code =
        Tillwatch.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(all.toArray(String[]::new));
    assertThat(code).as("%s", out).isZero();
    return JSON.readTree(Files.readString(report));
  }

  @Test
  void everyContestantCountsWhatTheRecountCounts() throws Exception {
    JsonNode report =
        bench("--events", "20000", "--rounds", "1", "--peers", "poll,limit,tillwatch");
    assertThat(report.path("contestants")).hasSize(3);
    for (JsonNode contestant : report.path("contestants")) {
      assertThat(contestant.path("equal").asBoolean()).as("%s", contestant).isTrue();
      assertThat(contestant.path("cpuSecondsPerMillion").asDouble()).isPositive();
      assertThat(contestant.path("allocatedBytesPerEvent").asDouble()).isPositive();
      assertThat(contestant.path("peakRssMiB").asDouble()).isPositive();
    }
    JsonNode tillwatch = report.path("contestants").path(2);
    assertThat(tillwatch.path("differences").path(0).path("cells").asLong()).isGreaterThan(1_000);
    assertThat(tillwatch.path("changelogBytesPerEvent").asDouble()).isPositive();
    assertThat(report.path("ratios").path("tillwatch/limit").asDouble()).isPositive();
    assertThat(folder)
        .isDirectoryContaining("glob:**report.json")
        .isDirectoryNotContaining("glob:**bench-*");
  }

  @Test
  void killedTwiceNothingIsLostOrDoubled() throws Exception {
    JsonNode report = bench("--suite", "kill", "--events", "30000", "--kills", "2");
    assertThat(report.path("right").asBoolean()).isTrue();
    assertThat(report.path("figures").path("duplicates").asLong()).isPositive();
    assertThat(report.path("figures").path("lostEvents").asLong()).isZero();
    assertThat(report.path("figures").path("doubledEvents").asLong()).isZero();
  }
}
