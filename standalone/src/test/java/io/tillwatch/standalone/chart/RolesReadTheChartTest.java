package io.tillwatch.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.topology.command.TopologyCommand;
import io.tillwatch.triage.command.TriageCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Goal: no key of the chart is unknown to the role that reads it. Method: each role gets the
 * rendered file and one wrong option. It refuses to start and names all that is wrong, which must
 * be the option alone.
 */
class RolesReadTheChartTest {

  private static final String VALUES =
      """
      deadLetterHashKey: {existingSecret: dead-letters}
      apiToken: {existingSecret: tillwatch-api}
      schemaRegistry: {url: "https://registry.example/apis", existingSecret: registry}
      kafka:
        securityProtocol: ssl
        tls: {truststore: {existingSecret: kafka-ca}}
        client: {client.rack: a}
      rules: {site.yaml: "paging: {notify-from: sev3, page-from: sev1, page-evidence: 1}"}
      documents: {insurance.md: "## Hail\\nA claim needs form B."}
      """;

  private final StringWriter err = new StringWriter();
  @TempDir private Path etc;

  @Test
  void topologyKnowsEveryKey() throws IOException {
    assertThat(refused("topology", new TopologyCommand(), VALUES))
        .contains("no.such.key")
        .doesNotContain("topology.yaml");
  }

  @Test
  void triageKnowsEveryKey() throws IOException {
    assertThat(refused("triage", new TriageCommand(), VALUES))
        .contains("no.such.key")
        .doesNotContain("triage.yaml");
  }

  @Test
  void aKeyThatTheRoleDoesNotKnowWouldBeSeen() throws IOException {
    String values = VALUES + "topology: {config: {topology: {therads: 2}}}";
    assertThat(refused("topology", new TopologyCommand(), values))
        .contains("topology.yaml")
        .contains("topology.therads");
  }

  /** What a role says when it is started with these values and one wrong option. */
  private String refused(String role, Callable<Integer> command, String values) throws IOException {
    Manifests manifests = Chart.with(values);
    PodFiles pod = new PodFiles(etc, manifests.pods(role).getSpec().getTemplate().getSpec());
    Path file = pod.settingsFile(manifests, role);
    int exit =
        new CommandLine(command)
            .setErr(new PrintWriter(err))
            .execute("--config=" + file, "--set=no.such.key=1");

    assertThat(exit).as("%s", err).isEqualTo(CommandLine.ExitCode.USAGE);
    return err.toString();
  }
}
