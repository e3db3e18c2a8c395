package io.tillwatch.triage.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.hook.HookSettings.Secrets;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertHookTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final HookSettings SETTINGS =
      new HookSettings(
          Secrets.NONE,
          Secrets.NONE,
          Secrets.NONE,
          new Where(Where.PRODUCTION, List.of()),
          Map.of("provider", Dimension.PSP));

  static {
    TrustedClasses.declare();
  }

  @Test
  void anAlertOfAlertmanagerThatFires() throws Unreadable {
    ExternalAlert alert = read(payload("", firing())).getFirst();

    assertThat(alert.getAlertId()).isEqualTo("cd1d6137c6d02046");
    assertThat(alert.getSource()).isEqualTo("alertmanager");
    assertThat(alert.getName()).isEqualTo("ConnectorErrors");
    assertThat(alert.getSummary()).isEqualTo("connector of northpay: 12 % errors");
    assertThat(alert.getResolved()).isFalse();
    assertThat(alert.getStartsAt()).isEqualTo("2026-11-20T09:08:09.868Z");
    assertThat(alert.getAt()).isEqualTo(NOW);
    assertThat(alert.getLink()).isEqualTo("http://prometheus.example/graph?g0.expr=x");
  }

  @Test
  void labelsAreKeptUnderTheNameOfTheDimensionToo() throws Unreadable {
    assertThat(read(payload("", firing())).getFirst().getLabels())
        .containsEntry("psp", "northpay")
        .containsEntry("provider", "northpay")
        .containsEntry("severity", "critical");
  }

  @Test
  void anAlertThatIsResolvedEnds() throws Unreadable {
    String resolved =
        firing()
            .replace("\"firing\"", "\"resolved\"")
            .replace("0001-01-01T00:00:00Z", "2026-11-20T09:40:00Z");

    ExternalAlert alert = read(payload("", resolved)).getFirst();

    assertThat(alert.getResolved()).isTrue();
    assertThat(alert.getAt()).isEqualTo("2026-11-20T09:40:00Z");
  }

  @Test
  void grafanaHasTheSameShapeAndABetterLink() throws Unreadable {
    String panel = "\"panelURL\": \"https://grafana.example/d/psp?viewPanel=2\", ";

    ExternalAlert alert =
        read(payload(
                "\"orgId\": 1, \"version\": \"1\",", firing().replace("{\"s", "{" + panel + "\"s")))
            .getFirst();

    assertThat(alert.getSource()).isEqualTo("grafana");
    assertThat(alert.getLink()).isEqualTo("https://grafana.example/d/psp?viewPanel=2");
  }

  @Test
  void aFingerprintThatLooksLikeACardNumberIsReplaced() throws Unreadable {
    ExternalAlert alert =
        read(payload("", firing().replace("cd1d6137c6d02046", "4111111111111111"))).getFirst();

    assertThat(alert.getAlertId()).matches("alertmanager-[a-p]{32}");
  }

  @Test
  void whatSaysWhereStaysWhenThereAreTooManyLabels() throws Unreadable {
    String many =
        IntStream.range(0, 100)
            .mapToObj("\"a%d\": \"x\", "::formatted)
            .collect(Collectors.joining());

    ExternalAlert alert =
        read(payload("", firing().replace("\"alertname\"", many + "\"alertname\""))).getFirst();

    assertThat(alert.getLabels()).hasSize(32).containsEntry("psp", "northpay");
    assertThat(alert.getName()).isEqualTo("ConnectorErrors");
  }

  @Test
  void whatIsNoDeliveryIsRefused() {
    assertThatThrownBy(() -> read("{}")).isInstanceOf(Unreadable.class);
    assertThatThrownBy(() -> read(payload("", "{\"labels\": {}}")))
        .hasMessage("an alert has no time 'startsAt'");
    String tooMany = String.join(",", Collections.nCopies(AlertHook.ALERTS_MAX + 1, "{}"));
    assertThatThrownBy(() -> read(payload("", tooMany))).hasMessageContaining("set max_alerts");
  }

  private static List<ExternalAlert> read(String body) throws Unreadable {
    return AlertHook.read(BoundedJson.object(body.getBytes(StandardCharsets.UTF_8)), SETTINGS, NOW);
  }

  private static String payload(String more, String alerts) {
    return "{%s \"status\": \"firing\", \"alerts\": [%s]}".formatted(more, alerts);
  }

  private static String firing() {
    return """
    {"status": "firing", "labels": {"alertname": "ConnectorErrors", "provider": "northpay",
     "severity": "critical"},
     "annotations": {"summary": "connector of northpay:\\n12 % errors"},
     "startsAt": "2026-11-20T09:08:09.868Z", "endsAt": "0001-01-01T00:00:00Z",
     "generatorURL": "http://prometheus.example/graph?g0.expr=x",
     "fingerprint": "cd1d6137c6d02046"}
    """
        .strip();
  }
}
