package io.tillwatch.triage.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Reads webhook bodies of a real Alertmanager and of Grafana that are kept outside of the project;
 * run by name with {@code -Dcontracts=<folder>}.
 */
class AlertSampleCheck {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  static {
    TrustedClasses.declare();
  }

  @Test
  void whatAlertmanagerSendsIsRead() throws IOException, Unreadable {
    ExternalAlert firing = read("alertmanager", "webhook-sample-hook-0.json");
    ExternalAlert over = read("alertmanager", "webhook-sample-hook-1.json");

    assertThat(firing.getAlertId()).isEqualTo(over.getAlertId()).isEqualTo("cd1d6137c6d02046");
    assertThat(firing.getLabels()).containsEntry("psp", "adyen");
    assertThat(firing.getResolved()).isFalse();
    assertThat(over.getResolved()).isTrue();
    assertThat(over.getAt()).isEqualTo("2026-11-20T09:08:13Z");
    assertThat(firing.getStartsAt()).isEqualTo(over.getStartsAt());
  }

  @Test
  void whatGrafanaSendsIsRead() throws IOException, Unreadable {
    ExternalAlert alert = read("grafana", "alerting-webhook.sample.json");

    assertThat(alert.getSource()).isEqualTo("grafana");
    assertThat(alert.getLink()).isEqualTo("https://grafana.example/d/psp?orgId=1&viewPanel=2");
  }

  private static ExternalAlert read(String vendor, String file) throws IOException, Unreadable {
    Path sample = Path.of(System.getProperty("contracts"), vendor, file);
    List<ExternalAlert> alerts =
        AlertHook.read(BoundedJson.object(Files.readAllBytes(sample)), HookSettings.NONE, NOW);
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }
}
