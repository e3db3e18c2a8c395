package io.tillwatch.triage.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertsTest {

  private final Alerts alerts =
      new Alerts(
          "payments",
          Map.of(
              Severity.SEV1, "critical",
              Severity.SEV2, "critical",
              Severity.SEV3, "warning",
              Severity.SEV4, "info"));

  @Test
  void aFingerprintIsThatOfPrometheus() {
    assertThat(
            Fingerprint.of(
                Map.of("alertname", "PspApprovalRateLow", "psp", "adyen", "severity", "critical")))
        .isEqualTo("cd1d6137c6d02046");
  }

  @Test
  void anOpenIncidentFires() throws JsonProcessingException {
    Action action =
        action(ActionVerb.CREATE)
            .setDetails(Map.of("approvalsLost", "540"))
            .setLinks(
                Map.of(
                    "tillwatch", "https://till.example/?incident=INC-A",
                    "grafana", "https://g.example/d/x",
                    "runbook", "https://till.example/runbooks/psp"))
            .build();
    String labels =
        """
        {"alertname":"PaymentIncident","class":"psp_partial_outage","incident":"INC-A",\
        "owner":"psp","psp":"northpay","region":"eu-west","severity":"critical",\
        "tenant":"default"}\
        """;
    String annotations =
        """
        {"approvals_lost":"540","dashboard_url":"https://g.example/d/x",\
        "runbook_url":"https://till.example/runbooks/psp",\
        "summary":"northpay eu-west: approvals down"}\
        """;
    assertThat(json(alerts.group(action, Optional.of(Samples.incident("INC-A").build()))))
        .isEqualTo(
            """
            {"receiver":"payments","status":"firing","alerts":[{"status":"firing","labels":%s,\
            "annotations":%s,"startsAt":"2026-11-18T03:02:00Z",\
            "endsAt":"0001-01-01T00:00:00Z",\
            "generatorURL":"https://till.example/?incident=INC-A",\
            "fingerprint":"%s"}],\
            "groupLabels":{"alertname":"PaymentIncident","incident":"INC-A"},\
            "commonLabels":%s,"commonAnnotations":%s,"externalURL":"https://till.example",\
            "version":"4",\
            "groupKey":"{}:{alertname=\\"PaymentIncident\\", incident=\\"INC-A\\"}",\
            "truncatedAlerts":0}\
            """
                .formatted(
                    labels,
                    annotations,
                    Fingerprint.of(
                        Map.of(
                            "alertname", "PaymentIncident",
                            "incident", "INC-A",
                            "tenant", "default")),
                    labels,
                    annotations));
  }

  @Test
  void aResolvedOneEndsAndIsStillTheSameAlert() {
    AlertGroup fires = alerts.group(action(ActionVerb.CREATE).build(), Optional.empty());
    AlertGroup ends =
        alerts.group(
            action(ActionVerb.RESOLVE).setSeverity(Severity.SEV3).build(),
            Optional.of(Samples.incident("INC-A").build()));
    assertThat(ends.status()).isEqualTo("resolved");
    assertThat(ends.alerts().getFirst().status()).isEqualTo("resolved");
    assertThat(ends.alerts().getFirst().endsAt())
        .isEqualTo(Samples.ONSET.plusSeconds(70).toString());
    assertThat(ends.groupKey()).isEqualTo(fires.groupKey());
    assertThat(ends.alerts().getFirst().fingerprint())
        .isEqualTo(fires.alerts().getFirst().fingerprint());
  }

  @Test
  void anAlertmanagerIsHandedTheSeverityOfNowAndTheEndOfTheOthers() {
    List<PostableAlert> handed =
        alerts.postable(
            action(ActionVerb.UPDATE).setSeverity(Severity.SEV2).build(),
            Optional.of(Samples.incident("INC-A").build()));
    assertThat(handed)
        .extracting(each -> each.labels().get("severity") + " ends " + each.endsAt())
        .containsExactly(
            "critical ends 2026-11-20T03:03:10Z",
            "warning ends 2026-11-18T03:03:10Z",
            "info ends 2026-11-18T03:03:10Z");
    assertThat(handed.getFirst().labels())
        .containsOnlyKeys("alertname", "incident", "tenant", "severity");
  }

  @Test
  void valuesOfOthersAreOneLineAndBounded() {
    AlertGroup group =
        alerts.group(
            action(ActionVerb.CREATE).setSummary("a\u001b\r\nb" + "x".repeat(2_000)).build(),
            Optional.empty());
    assertThat(group.commonAnnotations().get("summary")).hasSize(1_024).startsWith("a b");
  }

  private static Action.Builder action(ActionVerb verb) {
    return Samples.action("INC-A", ActionTarget.ALERTMANAGER, verb);
  }

  private static String json(AlertGroup group) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(group);
  }
}
