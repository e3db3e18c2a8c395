package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.pagerduty.PagerHookTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagerHookControllerTest {

  private static final String PATH = "/api/v1/hooks/pagerduty";

  private static TriageOverHttp triage;

  @BeforeAll
  static void start() {
    triage = new TriageOverHttp("");
    triage.incidents.apply(Samples.incident("INC-A").build());
  }

  @AfterAll
  static void stop() {
    triage.close();
  }

  @BeforeEach
  void nothingYet() {
    triage.commands.clear();
    triage.brokerAway = false;
    triage.loaded = true;
  }

  @Test
  void anAcknowledgementIsOnRecordWhenItIsAnsweredAndOnlyOnce() {
    for (String outcome : new String[] {"command", "duplicate"}) {
      HttpResponse<String> answer = signed("E1", "INC-A/1");
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).isEqualTo("{\"outcome\":\"%s\"}".formatted(outcome));
    }
    assertThat(triage.commands).hasSize(1);
    assertThat(triage.commands.getFirst().getVerb()).isEqualTo(CommandVerb.ACKNOWLEDGE);
    assertThat(triage.commands.getFirst().getChannel()).isEqualTo("pagerduty");
  }

  @Test
  void whatIsNotOnRecordIsSentAgain() {
    triage.brokerAway = true;
    HttpResponse<String> answer = signed("E2", "INC-A/1");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    triage.brokerAway = false;
    assertThat(signed("E2", "INC-A/1").body()).contains("command");
  }

  @Test
  void whileIncidentsAreReadNobodyCanTell() {
    triage.loaded = false;
    assertThat(signed("E3", "INC-A/1").statusCode()).isEqualTo(503);
  }

  @Test
  void anIncidentOfSomebodyElseIsAcceptedAndChangesNothing() {
    HttpResponse<String> answer = signed("E4", "srv01/HTTP");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("unknown_incident");
    assertThat(triage.commands).isEmpty();
  }

  @Test
  void whoeverCannotSignIsRefused() {
    byte[] body = body("E5", "INC-A/1");
    HttpResponse<String> unsigned = triage.post(PATH, body, "Content-Type", "application/json");
    assertThat(unsigned.statusCode()).isEqualTo(401);
    HttpResponse<String> forged =
        triage.post(PATH, body, "X-PagerDuty-Signature", PagerHookTest.signature("guess", body));
    assertThat(forged.statusCode()).isEqualTo(401);
    assertThat(triage.commands).isEmpty();
  }

  @Test
  void whatIsTooLargeIsNotRead() {
    byte[] body = new byte[300 * 1024];
    HttpResponse<String> answer =
        triage.post(
            PATH,
            body,
            "Content-Type",
            "application/json",
            "X-PagerDuty-Signature",
            PagerHookTest.signature(PagerHookTest.SECRET, body));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  private static HttpResponse<String> signed(String id, String key) {
    byte[] body = body(id, key);
    return triage.post(
        PATH,
        body,
        "Content-Type",
        "application/json",
        "X-PagerDuty-Signature",
        PagerHookTest.signature(PagerHookTest.SECRET, body));
  }

  private static byte[] body(String id, String key) {
    return PagerHookTest.event(id, "incident.acknowledged", key, "user_reference")
        .getBytes(StandardCharsets.UTF_8);
  }
}
