package io.tillwatch.load.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateCommandTest {

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
        .contains("--history", "--rate");
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

  @Test
  void aClusterThatIsNotThereIsSaidInOneLineAndExitsWithOne() {
    assertThat(run("--bootstrap-servers=nowhere.invalid:9092")).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("no cluster answers at nowhere.invalid:9092: ");
  }
}
