package io.tillwatch.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.standalone.Tillwatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ChaosCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --suite topology | --suite is 'topology', expected triage
          --only R99       | --only: 'R99' is no protocol, expected some of
          --quick --full   | --quick and --full: expected one of them
          --report /no/x   | --report: cannot write /no/x
          """)
  void wrongUsageIsToldInALine(String arguments, String expected) {
    StringWriter err = new StringWriter();
    CommandLine command = Tillwatch.commandLine().setErr(new PrintWriter(err, true));

    assertThat(command.execute(("chaos " + arguments).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(expected);
  }
}
