package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.hook.HookSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Goal: only what is proven gets in, once, and every sender hears what became of it. */
class HooksControllerTest {

  private static final String SECRET = "a-secret-of-all-hooks";
  private static final String[] JSON = {"Content-Type", "application/json"};

  private final TriageOverHttp triage =
      new TriageOverHttp(
          "",
          Secret.NONE,
          true,
          HookSettings.from(
              Settings.load(
                  null,
                  Map.of(),
                  Map.of(
                      "triage.hooks.github.secret", SECRET,
                      "triage.hooks.alerts.token", SECRET))));

  @AfterEach
  void stop() {
    triage.close();
  }

  @Test
  void aChangeIsOnRecordWhenItIsAnsweredWith202() {
    String change =
        """
        {"kind": "routing", "title": "eu cards to northpay", "author": "ada",
         "scope": {"psp": "northpay"}, "link": "https://git.example/1",
         "time": "2026-11-18T03:00:00Z"}
        """;

    HttpResponse<String> first = triage.post("/api/v1/changes", change, JSON);
    HttpResponse<String> again = triage.post("/api/v1/changes", change, JSON);

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(triage.published.values(ChangeEvent.class))
        .hasSize(2)
        .allSatisfy(event -> {
          assertThat(event.getType()).isEqualTo(ChangeType.ROUTING_RULE);
          assertThat(event.getScope()).isEqualTo(Map.of("psp", "northpay"));
          assertThat(event.getEventTime()).isEqualTo("2026-11-18T03:00:00Z");
          assertThat(first.body()).contains(event.getEventId());
        });
  }

  @Test
  void aChangeThatIsNoneIsRefusedWithWhatWasExpected() {
    refused("{\"title\": \"x\"}", "kind is missing");
    refused("{\"kind\": \"magic\", \"title\": \"x\"}", "deploy, flag, other, routing");
    refused("{\"kind\": \"deploy\", \"title\": \"x\", \"when\": 1}", "an unknown field");
    refused("{\"kind\": \"deploy\", \"title\": \"x\", \"scope\": {\"gateway\": \"n\"}}", "psp, ");
    refused("{\"kind\": \"deploy\", \"title\": \"x\", \"time\": \"soon\"}", "time is no time");
    refused(
        "{\"kind\": \"deploy\", \"title\": \"x\", \"time\": \"2126-11-18T03:00:00Z\"}", "ahead");
    refused("{\"kind\": \"deploy\", \"title\": \"4111 1111 1111 1111\"}", "card number");
    refused("{\"kind\": \"deploy\", \"title\": \"x\", \"link\": \"javascript:1\"}", "link");
    refused("[]", "no JSON object");
    assertThat(triage.post("/api/v1/changes", "{}", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(triage.published.published()).isEmpty();
  }

  private void refused(String body, String why) {
    HttpResponse<String> answer = triage.post("/api/v1/changes", body, JSON);
    assertThat(answer.statusCode()).as(body).isEqualTo(400);
    assertThat(answer.body()).contains(why).doesNotContain("4111");
  }

  @Test
  void aHookWithoutASecretDoesNotExist() {
    assertThat(triage.post("/api/v1/hooks/gitlab", "{}", JSON).statusCode()).isEqualTo(404);
    assertThat(triage.post("/api/v1/hooks/other", "{}", JSON).statusCode()).isEqualTo(404);
  }

  @Test
  void whatGithubSignedIsTakenOnceUnderOneId() {
    String body = deployment("production");

    HttpResponse<String> first = github("deployment", body, sign(body));
    HttpResponse<String> again = github("deployment", body, sign(body));

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(triage.published.values(ChangeEvent.class).stream().distinct()).hasSize(1);
    assertThat(github("ping", "{}", sign("{}")).statusCode()).isEqualTo(200);
    assertThat(github("deployment", deployment("staging"), sign(deployment("staging"))).body())
        .contains("takes no payments");
  }

  @Test
  void whatIsNotProvenIsRefusedUnread() {
    String body = deployment("production");

    assertThat(github("deployment", body, sign(body + " ")).statusCode()).isEqualTo(401);
    assertThat(triage.post("/api/v1/hooks/github", body, JSON).statusCode()).isEqualTo(401);
    assertThat(alerts("not json", "Bearer another").statusCode()).isEqualTo(401);
    assertThat(alerts("not json", "Bearer " + SECRET).statusCode()).isEqualTo(400);
    assertThat(triage.published.published()).isEmpty();
    assertThat(triage.get("/prometheus").body())
        .contains("tillwatch_hooks_total{hook=\"github\",outcome=\"unproven\"} 2.0");
  }

  @Test
  void alertsAreTakenEachByItself() {
    String body =
        """
        {"version": "4", "status": "firing", "alerts": [
          {"status": "firing", "labels": {"alertname": "ConnectorErrors", "psp": "northpay"},
           "annotations": {"summary": "12 % errors"}, "startsAt": "2026-11-18T03:01:00Z",
           "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "cd1d6137c6d02046"},
          {"status": "firing", "labels": {"alertname": "Leak"},
           "annotations": {"summary": "4111 1111 1111 1111"}, "startsAt": "2026-11-18T03:01:00Z",
           "fingerprint": "cd1d6137c6d02047"}]}
        """;

    HttpResponse<String> answer = alerts(body, "Bearer " + SECRET);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"taken\":1", "1 refused").doesNotContain("4111");
    assertThat(triage.published.values(ExternalAlert.class))
        .map(ExternalAlert::getAlertId)
        .containsExactly("cd1d6137c6d02046");
  }

  @Test
  void aDeliveryThatIsTooLongIsRefused() {
    String body = "{\"alerts\": [\"" + "x".repeat(HooksController.BODY_BYTES_MAX) + "\"]}";

    assertThat(alerts(body, "Bearer " + SECRET).statusCode()).isEqualTo(413);
  }

  @Test
  void aDeliveryOfGithubsUsualLengthIsTaken() {
    String body =
        deployment("production").replace("{\"dep", "{\"x\": \"" + "y".repeat(60_000) + "\", \"dep");
    String longer = body.replace("{\"x\"", "{\"w\": \"" + "z".repeat(60_000) + "\", \"x\"");

    assertThat(github("deployment", longer, sign(longer)).statusCode()).isEqualTo(202);
  }

  private HttpResponse<String> github(String event, String body, String signature) {
    return triage.post(
        "/api/v1/hooks/github",
        body,
        "Content-Type",
        "application/json",
        "X-GitHub-Event",
        event,
        "X-Hub-Signature-256",
        signature);
  }

  private HttpResponse<String> alerts(String body, String authorization) {
    return triage.post(
        "/api/v1/hooks/alertmanager",
        body,
        "Content-Type",
        "application/json",
        "Authorization",
        authorization);
  }

  private static String sign(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String deployment(String environment) {
    return """
    {"deployment": {"url": "https://api.github.example/deployments/1", "ref": "2.14.0",
       "environment": "%s", "created_at": "2026-11-18T03:00:00Z"},
     "repository": {"full_name": "acme/connector",
       "html_url": "https://github.example/acme/connector"}, "sender": {"login": "ada"}}
    """
        .formatted(environment);
  }
}
