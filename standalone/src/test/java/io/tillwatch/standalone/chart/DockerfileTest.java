package io.tillwatch.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.standalone.chart.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DockerfileTest {

  /** A flag of the JVM in the launcher; those of other commands do not begin so. */
  private static final Pattern FLAG =
      Pattern.compile("(?<=[\\s=])(--enable-\\S+|--sun-\\S+|-XX:\\S+)(?=\\s)");

  private final Dockerfile file = Dockerfile.read();

  @Test
  void flagsOfTheJvmAreTheLaunchers() throws IOException {
    String launcher = Files.readString(Chart.ROOT.resolve("tillwatch"));
    String start = launcher.substring(launcher.indexOf("\npages="));
    List<String> flags = FLAG.matcher(start).results().map(found -> found.group()).toList();

    assertThat(flags).hasSizeGreaterThanOrEqualTo(4);
    assertThat(file.last("ENTRYPOINT").exec())
        .startsWith("java")
        .containsAll(flags)
        .endsWith("-jar", "/opt/tillwatch/tillwatch.jar")
        .hasSize(flags.size() + 3);
  }

  @Test
  void runsAsTheUserTheChartExpects() {
    var security =
        Chart.withDefaults().pods("triage").getSpec().getTemplate().getSpec().getSecurityContext();
    assertThat(file.last("USER").arguments())
        .isEqualTo(security.getRunAsUser() + ":" + security.getRunAsGroup());
    assertThat(file.instructions().indexOf(file.last("USER")))
        .as("nothing of the image is made by the user that runs it")
        .isGreaterThan(file.instructions().lastIndexOf(file.last("RUN")))
        .isGreaterThan(file.instructions().lastIndexOf(file.last("COPY")));
  }

  @Test
  void listensWhereTheChartLooks() {
    assertThat(file.last("EXPOSE").arguments())
        .isEqualTo(
            Chart.withDefaults()
                .pods("topology")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getPorts()
                .getFirst()
                .getContainerPort()
                .toString());
  }

  @Test
  void basesCanBePinnedOrReplacedWithoutAnEdit() {
    assertThat(file.all("ARG"))
        .extracting(Instruction::arguments)
        .hasSize(2)
        .allMatch(argument -> argument.matches("[A-Z_]+=\\S+:25-\\S+"));
    assertThat(file.all("FROM"))
        .extracting(Instruction::arguments)
        .allMatch(argument -> argument.matches("\\$\\{[A-Z_]+}( AS build)?"));
  }

  @Test
  void withoutArgumentsItHelps() {
    assertThat(file.last("CMD").exec()).containsExactly("--help");
  }
}
