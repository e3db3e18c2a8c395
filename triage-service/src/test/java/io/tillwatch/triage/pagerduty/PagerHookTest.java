package io.tillwatch.triage.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.publish.NotPublished;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class PagerHookTest {

  public static final String SECRET = "webhook-secret";
  private static final Instant NOW = Samples.ONSET.plusSeconds(600);

  private final List<Command> commands = new ArrayList<>();
  private boolean brokerAway;
  private Incident known = Samples.incident("INC-A").setEpisode(2).build();
  private final PagerHook hook =
      new PagerHook(
          List.of(Secret.of("older"), Secret.of(SECRET)),
          id -> Optional.of(known).filter(incident -> incident.getIncidentId().equals(id)),
          this::record,
          InstantSource.fixed(NOW));

  @Test
  void anAcknowledgementByAPersonIsACommand() {
    assertThat(hear(event("E1", "incident.acknowledged", "INC-A/2", "user_reference")))
        .isEqualTo(
            new Heard(
                HookOutcome.COMMAND,
                "E1",
                Command.newBuilder()
                    .setCommandId("pagerduty-cccejkkgbpncfjeofajbakkfhekplljh")
                    .setTenant("default")
                    .setIncidentId("INC-A")
                    .setVerb(CommandVerb.ACKNOWLEDGE)
                    .setAuthor("Ada Example")
                    .setReason("acknowledged in PagerDuty")
                    .setChannel("pagerduty")
                    .setAt(Samples.ONSET.plusSeconds(200))
                    .setEpisode(2)
                    .build()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          incident.acknowledged     | user_reference    | OPEN     | COMMAND | ACKNOWLEDGE
          incident.acknowledged     | service_reference | OPEN     | OWN     |
          incident.resolved         | user_reference    | OPEN     | COMMAND | RESOLVE
          incident.resolved         | service_reference | OPEN     | COMMAND | NOTE
          incident.resolved         | service_reference | RESOLVED | OWN     |
          incident.unacknowledged   |                   | OPEN     | COMMAND | NOTE
          incident.escalated        | user_reference    | OPEN     | COMMAND | NOTE
          incident.delegated        | user_reference    | OPEN     | COMMAND | NOTE
          incident.reassigned       | user_reference    | OPEN     | COMMAND | NOTE
          incident.reopened         | user_reference    | RESOLVED | COMMAND | NOTE
          incident.triggered        | service_reference | OPEN     | IGNORED |
          incident.priority_updated | user_reference    | OPEN     | IGNORED |
          incident.of_next_year     | user_reference    | OPEN     | IGNORED |
          """)
  void whatHappensThereMeansHere(
      String type, String agent, IncidentState state, HookOutcome outcome, CommandVerb verb) {
    known = Samples.incident("INC-A").setEpisode(2).setState(state).build();
    Heard heard = hear(event("E1", type, "INC-A/2", agent));
    assertThat(heard.outcome()).isEqualTo(outcome);
    assertThat(heard.command() == null ? null : heard.command().getVerb()).isEqualTo(verb);
  }

  @Test
  void anEscalationNamesWhoHasItNow() {
    Command note = hear(event("E1", "incident.escalated", "INC-A/2", "user_reference")).command();
    assertThat(note.getReason()).isEqualTo("escalated in PagerDuty to Grace Example");
  }

  @ParameterizedTest
  @CsvSource({
    "INC-A/1, OTHER_EPISODE",
    "INC-A/3, OTHER_EPISODE",
    "INC-A/x, OTHER_EPISODE",
    "INC-B/2, UNKNOWN_INCIDENT",
    "d3640fbd41094207, UNKNOWN_INCIDENT"
  })
  void whatIsNotAboutAPresentEpisodeOfOursChangesNothing(String key, HookOutcome outcome) {
    assertThat(hear(event("E1", "incident.acknowledged", key, "user_reference")))
        .isEqualTo(Heard.nothing(outcome, "E1"));
  }

  @Test
  void aNameThatHoldsACardNumberIsNotPutOnRecord() {
    String event = event("E1", "incident.acknowledged", "INC-A/2", "user_reference");
    assertThat(take(event.replace("Ada Example", "4111 1111 1111 1111")))
        .isEqualTo(HookOutcome.REFUSED);
    assertThat(commands).isEmpty();
  }

  @Test
  void theSameEventIsRecordedOnceHoweverOftenItComes() {
    String event = event("E1", "incident.acknowledged", "INC-A/2", "user_reference");
    brokerAway = true;
    assertThat(take(event)).isEqualTo(HookOutcome.NOT_RECORDED);
    brokerAway = false;
    assertThat(take(event)).as("sent again").isEqualTo(HookOutcome.COMMAND);
    assertThat(take(event)).isEqualTo(HookOutcome.DUPLICATE);
    assertThat(commands).hasSize(1);
  }

  @Test
  void everyWebhookIsCountedOnce() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    hook.counts().bindTo(registry);
    String event = event("E1", "incident.acknowledged", "INC-A/2", "user_reference");
    take(event);
    take(event);
    take("{}");
    assertThat(hook.take(new byte[0], null)).isEqualTo(HookOutcome.UNSIGNED);
    Map<String, Double> counted = new TreeMap<>();
    for (FunctionCounter counter :
        registry.get("tillwatch.pagerduty.webhooks").functionCounters()) {
      if (counter.count() > 0) {
        counted.put(counter.getId().getTag("outcome"), counter.count());
      }
    }
    assertThat(counted)
        .containsExactly(
            Map.entry("command", 1.0),
            Map.entry("duplicate", 1.0),
            Map.entry("unreadable", 1.0),
            Map.entry("unsigned", 1.0));
  }

  private HookOutcome take(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return hook.take(bytes, signature(SECRET, bytes));
  }

  private void record(Command command) throws NotPublished {
    if (brokerAway) {
      throw new NotPublished("commands", new IllegalStateException());
    }
    commands.add(command);
  }

  @Test
  void whatIsNotSignedIsNotRead() {
    byte[] body =
        event("E1", "incident.acknowledged", "INC-A/2", "user_reference")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(hook.hear(body, null).outcome()).isEqualTo(HookOutcome.UNSIGNED);
    assertThat(hook.hear(body, signature("another", body)).outcome())
        .isEqualTo(HookOutcome.UNSIGNED);
    assertThat(hook.hear(body, signature("older", body)).outcome()).isEqualTo(HookOutcome.COMMAND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1]
          {"event":7}
          {"event":{}}
          {"event":{"id":"E1"}}
          {"event":{"id":{"a":1},"event_type":"incident.acknowledged"}}
          {"event":{"id":"E1","event_type":"x"},"event":{}}
          nonsense
          """)
  void whatIsSignedAndStillNonsenseIsUnreadable(String body) {
    assertThat(hear(body).outcome()).isEqualTo(HookOutcome.UNREADABLE);
  }

  @Test
  void textsOfOthersAreBoundedAndATimeToComeIsNow() {
    Command command =
        hear(event("E1", "incident.acknowledged", "INC-A/2", "user_reference")
                .replace("Ada Example", "A\\u001b[2J\\n" + "b".repeat(5_000))
                .replace("2026-11-18T03:05:20Z", "2126-11-18T03:05:20Z"))
            .command();
    assertThat(command.getAuthor()).hasSize(64).doesNotContain("\u001b", "\n");
    assertThat(command.getAt()).isEqualTo(NOW);
  }

  private Heard hear(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return hook.hear(bytes, signature(SECRET, bytes));
  }

  public static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String event(String id, String type, String key, String agent) {
    String who =
        agent == null
            ? "null"
            : "{\"id\":\"P1\",\"type\":\"%s\",\"summary\":\"Ada Example\"}".formatted(agent);
    return """
    {"event": {
       "id": "%s", "event_type": "%s", "resource_type": "incident",
       "occurred_at": "2026-11-18T03:05:20Z", "agent": %s, "client": null,
       "data": {
         "id": "PGR0VU2", "type": "incident", "number": 2, "status": "acknowledged",
         "incident_key": "%s", "title": "northpay eu-west: approvals down",
         "assignees": [{"id": "P2", "type": "user_reference", "summary": "Grace Example"}]}}}
    """
        .formatted(id, type, who, key);
  }
}
