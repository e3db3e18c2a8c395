package io.tillwatch.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command says before it starts anything. */
class TopologyCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpSaysWhatItDoesAndHowToStartIt() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: topology")
        .contains(
            "--bootstrap-servers=HOST:PORT", "--advertised-host=HOST", "Exit code: 0 stopped");
  }

  @Test
  void wrongSettingsStopTheStartWithAllOfThemNamed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("topology.yaml");
    Files.writeString(
        file,
        """
        topology:
          port: eighty
          thread: 2
        """);
    assertThat(run("--config", file.toString(), "--state-dir", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("topology.port", "'eighty'", "a whole number from 0 to 65535")
        .contains("topology.thread", "topology.threads");
  }

  @Test
  void rulesWithAMistakeStopTheStartWithItsPlace(@TempDir Path folder) throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("site.yaml"), "maintenance: [{name: a, at: noon, for: 1h, slice: {}}]");
    Path file =
        Files.writeString(folder.resolve("topology.yaml"), "watch: {rules: [%s]}".formatted(rules));
    assertThat(run("--config", file.toString(), "--state-dir", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("watch.rules", rules + ":1:29: found 'noon', expected a time of day");
  }

  @Test
  void aTransactionHasToLastThreeCommits(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("topology.yaml");
    Files.writeString(file, "topology.commit-interval: 5s");
    assertThat(run("--config", file.toString(), "--state-dir", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("topology.transaction-timeout", "at least 3 times topology.commit-interval");
  }

  @Test
  void otherInstancesAreToldWhereItListensUnlessThatIsEverywhere() {
    assertThat(http(Map.of())).isEqualTo(new HttpSettings("127.0.0.1", 8080, "127.0.0.1"));
    assertThat(http(Map.of("topology.host", "10.0.0.7")).advertisedHost()).isEqualTo("10.0.0.7");
    assertThat(http(Map.of("topology.host", "0.0.0.0")).advertisedHost())
        .isNotEmpty()
        .isNotEqualTo("0.0.0.0");
    assertThat(
            http(Map.of("topology.host", "0.0.0.0", "topology.advertised-host", "pod-0.pods"))
                .advertisedHost())
        .isEqualTo("pod-0.pods");
  }

  private static HttpSettings http(Map<String, String> overrides) {
    return HttpSettings.from(Settings.load(null, Map.of(), overrides));
  }

  private int run(String... arguments) {
    return new CommandLine(new TopologyCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
