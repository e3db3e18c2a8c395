package io.tillwatch.triage.alertmanager;

import static io.tillwatch.schemas.incident.ActionTarget.ALERTMANAGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.alertmanager.AlertmanagerNotifier.Kind;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.HookAddress;
import io.tillwatch.triage.outside.Incidents;
import io.tillwatch.triage.outside.OutsideContract;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertmanagerNotifierTest extends OutsideContract {

  private static final String TOKEN = "Bearer s3cret-token";

  @Override
  protected Notifier notifier(DoorSettings door) {
    return notifier(door, Kind.RECEIVER);
  }

  private static Notifier notifier(DoorSettings door, Kind kind) {
    Settings settings =
        Settings.load(null, Map.of(), Map.of("triage.alertmanager.url", door.base() + "/am"));
    return AlertmanagerNotifier.open(
        new AlertmanagerSettings(
            HookAddress.from(settings, "triage.alertmanager"),
            door,
            Secret.of(TOKEN),
            "payments",
            Map.of(Severity.SEV1, "critical")),
        kind,
        Incidents.NONE);
  }

  @Override
  protected Action action() {
    return Samples.action("INC-A", ALERTMANAGER, ActionVerb.CREATE).build();
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
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
    fates.put(409, Delivery.Refused.class);
    fates.put(425, Delivery.Retry.class);
    fates.put(426, Delivery.Refused.class);
    fates.put(429, Delivery.Retry.class);
    fates.put(430, Delivery.Refused.class);
    fates.put(500, Delivery.Retry.class);
    return fates;
  }

  @Test
  void aReceiverIsPostedAGroupAndAnAlertmanagerAlerts() {
    assertThat(posted(Kind.RECEIVER).path()).isEqualTo("/am");
    assertThat(posted(Kind.RECEIVER).body())
        .startsWith("{\"receiver\":\"payments\",\"status\":\"firing\",\"alerts\":[{");
    assertThat(posted(Kind.ALERTMANAGER).path()).isEqualTo("/am/api/v2/alerts");
    assertThat(posted(Kind.ALERTMANAGER).body()).startsWith("[{\"labels\":{\"alertname\":");
    assertThat(posted(Kind.ALERTMANAGER).headers()).containsEntry("authorization", TOKEN);
  }

  private StubServer.Request posted(Kind kind) {
    try (StubServer server = StubServer.start(request -> Act.json(200, ""));
        Notifier notifier =
            notifier(new DoorSettings(server.url(), null, DEADLINE.multipliedBy(50)), kind)) {
      assertThat(notifier.deliver(Errand.of(action()))).isInstanceOf(Delivery.Done.class);
      return server.requests().getFirst();
    }
  }
}
