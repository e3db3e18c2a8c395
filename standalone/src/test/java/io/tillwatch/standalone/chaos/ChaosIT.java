package io.tillwatch.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.Tillwatch;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: each protocol runs as people run it, if only in passing, and what it promises holds. They
 * mostly wait, each for a broker of its own, and do so together.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChaosIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"R9", "R10", "R12", "R14", "R15"})
  void whatItPromisesHolds(String protocol) throws Exception {
    Path report = folder.resolve("report.json");

    int exitCode =
        Tillwatch.commandLine()
            .execute(
                "chaos", "--quick", "--only", protocol, "--seed", "7", "--report", report + "");

    JsonNode told = new ObjectMapper().readTree(report.toFile());
    assertThat(told.path("protocols").path(0).path("violations")).isEmpty();
    assertThat(told.path("protocols").path(0).path("id").asText()).isEqualTo(protocol);
    assertThat(told.path("passed").asBoolean()).isTrue();
    assertThat(exitCode).isZero();
  }
}
