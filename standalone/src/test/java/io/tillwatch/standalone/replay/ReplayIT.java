package io.tillwatch.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.Tillwatch;
import io.tillwatch.standalone.replay.History.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the cube holds exactly what a file says, however often it is replayed. Method: the command
 * itself, twice on one data folder, compared with a recount of the file that shares no code with
 * it. The real history is replayed where it is at hand, a made one always.
 */
@Execution(ExecutionMode.CONCURRENT)
class ReplayIT {

  private static final long SEED = 20_261_120;

  @TempDir private static Path folder;

  static List<History> histories() throws IOException {
    List<History> histories = new ArrayList<>(List.of(History.made(folder, SEED)));
    if (History.realIsThere()) {
      histories.add(History.real());
    }
    return histories;
  }

  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD) // one folder, one report
  @MethodSource("histories")
  void totalsAreTheFilesAndASecondRunChangesNothing(History history) throws IOException {
    Path data = folder.resolve("data-" + history);
    long good = history.rows() - history.problems().size();

    JsonNode first = replay(history, data);
    assertThat(first.path("rows").asLong()).isEqualTo(history.rows());
    assertThat(outcomes(first)).containsExactly(good, good, 0, 0, 0);
    assertThat(totals(first)).isEqualTo(history.attempts());

    JsonNode second = replay(history, data);
    assertThat(outcomes(second)).as("all duplicates").containsExactly(good, 0, good, 0, 0);
    assertThat(totals(second)).isEqualTo(history.attempts());
    assertThat(second.path("incidents")).isEqualTo(first.path("incidents"));
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void aMappingOfColumnsThatAreNotThereIsWrongInput() throws IOException {
    History made = History.made(folder, SEED);
    String mapping =
        Files.readString(made.mapping()).replace("{column: psp}", "{column: acquirer}");
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), mapping);
    int exitCode =
        Tillwatch.commandLine()
            .execute(
                "replay",
                made.file().toString(),
                "--mapping=" + wrong,
                "--data=" + folder.resolve("data-wrong"),
                "--port=0");
    assertThat(exitCode).isEqualTo(2);
  }

  /** Replays, and checks what holds of every run: bad rows are told, their neighbours kept. */
  private static JsonNode replay(History history, Path data) throws IOException {
    Path file = folder.resolve("report.json");
    int exitCode =
        Tillwatch.commandLine()
            .execute(
                "replay",
                history.file().toString(),
                "--mapping=" + history.mapping(),
                "--data=" + data,
                "--port=0",
                "--report=" + file);
    assertThat(exitCode).isEqualTo(history.problems().isEmpty() ? 0 : 1);
    JsonNode report = new ObjectMapper().readTree(file.toFile());
    assertThat(report.path("equal").asBoolean()).isTrue();
    assertThat(report.path("badRows").asInt()).isEqualTo(history.problems().size());
    List<String> problems = new ArrayList<>();
    report.path("problems").forEach(problem -> problems.add(problem.asText()));
    assertThat(problems)
        .zipSatisfy(history.problems(), (told, begin) -> assertThat(told).startsWith(begin));
    return report;
  }

  private static long[] outcomes(JsonNode report) {
    return List.of("events", "accepted", "duplicates", "late", "deadLettered").stream()
        .mapToLong(outcome -> report.path(outcome).asLong())
        .toArray();
  }

  private static Map<String, Count> totals(JsonNode report) {
    Map<String, Count> totals = new TreeMap<>();
    for (String list : List.of("totalsByPsp", "totalsByPspAndCountry")) {
      for (JsonNode row : report.path(list)) {
        String name = row.path("psp").asText() + " " + row.path("country").asText("");
        totals.put(
            name.strip(), new Count(row.path("attempts").asLong(), row.path("approved").asLong()));
      }
    }
    return totals;
  }
}
