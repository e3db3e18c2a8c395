package io.tillwatch.triage.webhook;

import static io.tillwatch.schemas.incident.ActionTarget.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.HookAddress;
import io.tillwatch.triage.outside.Incidents;
import io.tillwatch.triage.outside.OutsideContract;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WebhookNotifierTest extends OutsideContract {

  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String PATH = "/hooks/t0ken-in-the-path?k=v";

  @Override
  protected Notifier notifier(DoorSettings door) {
    return notifier(door, Incidents.NONE);
  }

  private static Notifier notifier(DoorSettings door, Incidents incidents) {
    Settings settings =
        Settings.load(null, Map.of(), Map.of("triage.webhook.url", door.base() + PATH));
    Optional<HookAddress> address = HookAddress.from(settings, "triage.webhook");
    return WebhookNotifier.open(
        new WebhookSettings(address, door, Secret.of(KEY)),
        incidents,
        InstantSource.fixed(Samples.ONSET.plusSeconds(75)));
  }

  @Override
  protected Action action() {
    return Samples.action("INC-A", WEBHOOK, ActionVerb.CREATE).build();
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY, "t0ken-in-the-path");
  }

  @Override
  protected SequencedMap<Integer, Class<? extends Delivery>> fates() {
    SequencedMap<Integer, Class<? extends Delivery>> fates = new TreeMap<>();
    fates.put(300, Delivery.Retry.class);
    fates.put(400, Delivery.Refused.class);
    fates.put(401, Delivery.Retry.class);
    fates.put(402, Delivery.Refused.class);
    fates.put(403, Delivery.Retry.class);
    fates.put(405, Delivery.Refused.class);
    fates.put(407, Delivery.Retry.class);
    fates.put(410, Delivery.Refused.class);
    fates.put(425, Delivery.Retry.class);
    fates.put(426, Delivery.Refused.class);
    fates.put(429, Delivery.Retry.class);
    fates.put(430, Delivery.Refused.class);
    fates.put(500, Delivery.Retry.class);
    return fates;
  }

  @Test
  void aReceiverCanTellWhoSentItAndWhatItIsAbout() {
    try (StubServer server = StubServer.start(request -> Act.json(200, ""));
        Notifier notifier =
            notifier(
                new DoorSettings(server.url(), null, DEADLINE.multipliedBy(50)),
                action -> Optional.of(Samples.incident("INC-A").build()))) {
      assertThat(notifier.deliver(Errand.of(action()))).isInstanceOf(Delivery.Done.class);
      StubServer.Request request = server.requests().getFirst();
      assertThat(request.path()).isEqualTo(PATH);
      assertThat(request.headers())
          .containsEntry("webhook-id", "INC-A/WEBHOOK/CREATE")
          .containsEntry("webhook-timestamp", "1794970995")
          .containsEntry(
              "webhook-signature",
              SigningKeys.of(Secret.of(KEY))
                  .signature(
                      "INC-A/WEBHOOK/CREATE",
                      1_794_970_995,
                      request.body().getBytes(StandardCharsets.UTF_8)));
      assertThat(request.body())
          .startsWith(
              """
              {"version":1,"id":"INC-A/WEBHOOK/CREATE","type":"incident.opened",\
              "timestamp":"2026-11-18T03:03:10Z","data":{"incident":"INC-A","episode":1,\
              "revision":1,"severity":"sev1","summary":"northpay eu-west: approvals down",\
              "details":{"id":"INC-A","class":"psp_partial_outage",\
              """);
    }
  }

  @Test
  void theTypeSaysWhatHappened() {
    assertThat(type(ActionVerb.CREATE, 1)).contains("incident.opened");
    assertThat(type(ActionVerb.UPDATE, 1)).contains("incident.updated");
    assertThat(type(ActionVerb.RESOLVE, 1)).contains("incident.resolved");
    assertThat(type(ActionVerb.CREATE, 2)).contains("incident.reopened");
    assertThat(type(ActionVerb.TRIGGER, 1)).isEmpty();
  }

  private static Optional<String> type(ActionVerb verb, int episode) {
    Action action = Samples.action("INC-A", WEBHOOK, verb).setEpisode(episode).build();
    return IncidentNews.of(action, Optional.empty()).map(IncidentNews::type);
  }
}
