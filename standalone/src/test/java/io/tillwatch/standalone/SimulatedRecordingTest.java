package io.tillwatch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what one command writes the other reads. The modules of the two do not know each other. */
class SimulatedRecordingTest {

  @TempDir Path folder;

  @Test
  void theBacktestScoresASimulatedRecording() {
    String cells = "--cells=" + folder.resolve("cells");
    run("simulate", cells, "--seed=5", "--warm-up-days=1", "--days=1", "--rate=300");
    assertThat(run("backtest", cells)).contains("precision", "recall");
  }

  private static String run(String... arguments) {
    StringWriter text = new StringWriter();
    int code =
        Tillwatch.commandLine()
            .setOut(new PrintWriter(text))
            .setErr(new PrintWriter(text))
            .execute(arguments);
    assertThat(code).as(text.toString()).isZero();
    return text.toString();
  }
}
