package io.tillwatch.triage.pagerduty;

import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static io.tillwatch.schemas.incident.ActionVerb.ACKNOWLEDGE;
import static io.tillwatch.schemas.incident.ActionVerb.RESOLVE;
import static io.tillwatch.schemas.incident.ActionVerb.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.NotifierContract;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.StubServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerDutyTest extends NotifierContract {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String OTHER_KEY = "fedcba9876543210fedcba9876543210";

  private final FakePagerDuty fake = new FakePagerDuty();
  private final StubServer server = StubServer.start(fake::handle);
  private final PagerDuty pager = PagerDuty.open(settings(server, 1_000));

  static PagerDutySettings settings(StubServer server, int perMinute) {
    return settings(new DoorSettings(server.url(), null, Duration.ofSeconds(5)), perMinute);
  }

  static PagerDutySettings settings(DoorSettings door, int perMinute) {
    return new PagerDutySettings(
        door,
        Secret.of(KEY),
        Map.of("issuers", Secret.of(OTHER_KEY), "lenders", Secret.of(OTHER_KEY)),
        perMinute,
        false,
        List.of());
  }

  @AfterEach
  void close() {
    pager.close();
    server.close();
  }

  @Override
  protected Notifier notifier() {
    return pager;
  }

  @Override
  protected List<ActionVerb> effects() {
    return fake.effects();
  }

  @Override
  protected String shown() {
    return server.requests().stream()
        .map(StubServer.Request::body)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aPageSaysWhatIsWrongWhereAndWhereToLook() {
    Action page =
        page(TRIGGER)
            .setDetails(
                Map.of("where", "northpay · eu-west", "class", "psp_outage", "owner", "psp"))
            .setLinks(
                Map.of(
                    "tillwatch", "http://localhost/?incident=INC-A",
                    "grafana", "https://grafana.example.com/d/x"))
            .build();
    assertThat(pager.deliver(Errand.of(page)))
        .isEqualTo(
            new Delivery.Done(
                "INC-A/1", "HTTP 202: {\"status\":\"success\",\"message\":\"Event processed\"}"));
    assertThat(sent())
        .isEqualTo(
            FakePagerDuty.read(
                """
                {
                  "routing_key": "0123456789abcdef0123456789abcdef",
                  "event_action": "trigger",
                  "dedup_key": "INC-A/1",
                  "payload": {
                    "summary": "northpay eu-west: approvals down",
                    "source": "northpay · eu-west",
                    "severity": "critical",
                    "timestamp": "2026-11-18T03:03:10Z",
                    "group": "default",
                    "class": "psp_outage",
                    "custom_details": {
                      "class": "psp_outage",
                      "owner": "psp",
                      "where": "northpay · eu-west",
                      "incident": "INC-A",
                      "episode": "1"
                    }
                  },
                  "links": [
                    {"href": "https://grafana.example.com/d/x", "text": "grafana"},
                    {"href": "http://localhost/?incident=INC-A", "text": "tillwatch"}
                  ],
                  "client": "Tillwatch",
                  "client_url": "http://localhost/?incident=INC-A"
                }
                """));
  }

  @Test
  void acknowledgeAndResolveCarryTheKeysAlone() {
    deliver(page(TRIGGER).build());
    deliver(page(ACKNOWLEDGE).build());
    assertThat(sent())
        .isEqualTo(
            FakePagerDuty.read(
                """
                {"routing_key": "0123456789abcdef0123456789abcdef",
                 "event_action": "acknowledge", "dedup_key": "INC-A/1"}
                """));
    deliver(page(RESOLVE).build());
    assertThat(fake.effects()).containsExactly(TRIGGER, ACKNOWLEDGE, RESOLVE);
  }

  @Test
  void theNextEpisodeIsAnAlertOfItsOwn() {
    deliver(page(TRIGGER).build());
    deliver(page(RESOLVE).build());
    deliver(page(TRIGGER).setDedupKey("INC-A/2").setEpisode(2).build());
    assertThat(fake.effects()).containsExactly(TRIGGER, RESOLVE, TRIGGER);
  }

  @ParameterizedTest
  @CsvSource({"SEV1, critical", "SEV2, error", "SEV3, warning", "SEV4, info", "UNKNOWN, error"})
  void severitiesAreThoseOfPagerDuty(Severity ours, String theirs) {
    assertThat(PagerEvent.severity(ours)).isEqualTo(theirs);
  }

  /** Each was a page that PagerDuty answers with 400. */
  @Test
  void whatIsTooLongOrNoAddressIsMendedAndNotRefused() {
    Map<String, String> details = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      details.put("detail " + i, "\uD83D\uDD25 \" \\ ".repeat(2_000));
    }
    Action page =
        page(TRIGGER)
            .setDedupKey("INC-A".repeat(60) + "/1")
            .setSummary("\uD83D\uDD25".repeat(1_024))
            .setDetails(details)
            .setLinks(
                Map.of(
                    "a", "northpay is down",
                    "b", "javascript:alert(1)",
                    "c", "http://",
                    "d", "https://example.com/" + "x".repeat(3_000),
                    "e", "https://example.com/e"))
            .build();
    assertThat(deliver(page)).isInstanceOf(Delivery.Done.class);
    assertThat(sent().path("links")).hasSize(1);
    assertThat(sent().path("dedup_key").asText()).startsWith("tillwatch-");
    assertThat(deliver(page(TRIGGER).setSummary(" \n").setTenant(" ").build()))
        .isInstanceOf(Delivery.Done.class);
    assertThat(sent().path("payload").path("summary").asText()).isEqualTo("INC-A");
  }

  @Test
  void aRouteHasItsOwnKeyAndAnUnknownOneIsPagedByTheDefault() {
    deliver(page(TRIGGER).setRoute("issuers").build());
    assertThat(sent().path("routing_key").asText()).isEqualTo(OTHER_KEY);
    Delivery lost = deliver(page(TRIGGER).setDedupKey("INC-B/1").setRoute("gone").build());
    assertThat(sent().path("routing_key").asText()).isEqualTo(KEY);
    assertThat(lost.detail()).contains("no route 'gone', paged by the default");
  }

  /** PagerDuty drops a resolve that comes with another key, and the page rings on. */
  @Test
  void aResolveGoesWhereTheEpisodeWasPagedThoughRulesSayOtherwiseByNow() {
    Delivery paged = deliver(page(TRIGGER).setRoute("issuers").build());
    String name = ((Delivery.Done) paged).externalId();
    assertThat(name).isEqualTo("INC-A/1@issuers");
    pager.deliver(new Errand(page(RESOLVE).build(), name));
    assertThat(fake.effects()).containsExactly(TRIGGER, RESOLVE);
    pager.deliver(new Errand(page(TRIGGER).setDedupKey("INC-A/12").build(), name));
    assertThat(sent().path("routing_key").asText())
        .as("a later episode is paged as rules say")
        .isEqualTo(KEY);
  }

  @Test
  void whatBreaksTheLimitOfAKeyIsHeldBack() {
    try (PagerDuty slow = PagerDuty.open(settings(server, 4))) {
      assertThat(slow.deliver(Errand.of(page(TRIGGER).build()))).isInstanceOf(Delivery.Done.class);
      assertThat(slow.deliver(Errand.of(page(TRIGGER).build()))).isInstanceOf(Delivery.Held.class);
      assertThat(slow.deliver(Errand.of(page(TRIGGER).setRoute("issuers").build())))
          .as("each key has its own")
          .isInstanceOf(Delivery.Done.class);
      assertThat(slow.deliver(Errand.of(page(TRIGGER).setRoute("lenders").build())))
          .as("routes with one key share its limit")
          .isInstanceOf(Delivery.Held.class);
    }
  }

  @Test
  void changesTakeASmallPartOfTheirOwn() {
    assertThat(withChanges(100, true).changesPerMinute()).isEqualTo(10);
    assertThat(withChanges(100, false).changesPerMinute()).isZero();
    assertThat(withChanges(2, true).changesPerMinute()).isEqualTo(1);
  }

  private PagerDutySettings withChanges(int perMinute, boolean changes) {
    PagerDutySettings some = settings(server, perMinute);
    return new PagerDutySettings(
        some.door(), some.routingKey(), some.routes(), perMinute, changes, List.of());
  }

  @Test
  void anAnswerOfSomethingInBetweenIsNotTakenForAPage() {
    server.then(StubServer.Act.respond(200, "<html>Sign in</html>", Map.of()));
    assertThat(deliver(page(TRIGGER).build())).isInstanceOf(Delivery.Retry.class);
  }

  private Delivery deliver(Action action) {
    return pager.deliver(Errand.of(action));
  }

  private JsonNode sent() {
    return FakePagerDuty.read(server.requests().getLast().body());
  }

  private static Action.Builder page(ActionVerb verb) {
    return Samples.action("INC-A", PAGER, verb);
  }
}
