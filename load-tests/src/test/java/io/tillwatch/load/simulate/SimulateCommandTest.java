package io.tillwatch.load.simulate;

import static org.assertj.core.api.Assertions.assertThat;

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

class SimulateCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new SimulateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--bootstrap-servers", "--scenario", "--seed", "--speed", "--for", "--truth")
        .contains("--history", "--rate", "--cells", "--days", "--warm-up-days", "--harder");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--for=soon, 'soon' is no duration",
        "--speed=0, --speed is 0.0",
        "--rate=-1, --rate is -1.0",
        "--scenario=nowhere.yaml, 'nowhere.yaml' cannot be read",
        "--config=nowhere.yaml, nowhere.yaml",
      })
  void wrongInputIsSaidInOneLineAndExitsWithTwo(String argument, String message) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ';',
      value = {
        "--days=0; --days is 0, expected 1 to 400",
        "--days=many; 'many' is not an int",
        "--warm-up-days=-1; --warm-up-days is -1, expected 1 to 400",
        "--rate=0; --rate is 0.0, expected more than 0, up to 100000",
        "--harder=impossible; 'impossible' is none of lowvolume, highvolume, overdispersed",
        "--harder=lowvolume,highvolume; --harder is lowvolume and highvolume, expected one",
        "--scenario=demo; --scenario is for traffic into Kafka, not for --cells",
        "--truth=truth.json; --truth is for traffic into Kafka, not for --cells",
      })
  void aRecordingThatCannotBeIsSaidInOneLine(String argument, String message) {
    Path cells = folder.resolve("cells");
    assertThat(run("--cells=" + cells, argument)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(cells).doesNotExist();
  }

  @Test
  void optionsOfARecordingNeedItsFolder() {
    assertThat(run("--days=3")).isEqualTo(2);
    assertThat(err.toString()).contains("--cells=DIR");
  }

  @Test
  void aRecordingIsWrittenWithItsProgressAndTheNextStep() throws IOException {
    Path cells = folder.resolve("new/cells");
    String[] arguments = {
      "--cells=" + cells,
      "--seed=7",
      "--days=1",
      "--warm-up-days=1",
      "--rate=100",
      "--harder=lowvolume,drifting"
    };
    assertThat(run(arguments)).isZero();
    assertThat(err.toString()).hasLineCount(2).contains("day 1 of 2  ", "day 2 of 2  ");
    assertThat(out.toString())
        .hasLineCount(2)
        .startsWith("Wrote 2 days of 256 leaves to " + cells + ": ")
        .contains("seed 7, fingerprint ", "Next: ./tillwatch backtest --cells " + cells);
    assertThat(cells.resolve("labels.json")).isNotEmptyFile();
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains("the folder " + cells + " is not empty");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(run("--cells=" + file)).isEqualTo(2);
    assertThat(err.toString()).contains(file + " is no folder");
    assertThat(run("--cells=" + file.resolve("below"))).isEqualTo(1);
    assertThat(err.toString()).contains("the recording could not be written: ");
  }

  @Test
  void aClusterThatIsNotThereIsSaidInOneLineAndExitsWithOne() {
    assertThat(run("--bootstrap-servers=nowhere.invalid:9092")).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("no cluster answers at nowhere.invalid:9092: ");
  }
}
