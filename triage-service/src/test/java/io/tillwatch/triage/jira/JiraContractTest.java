package io.tillwatch.triage.jira;

import static io.tillwatch.schemas.incident.ActionTarget.TICKET;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.Incidents;
import io.tillwatch.triage.outside.OutsideContract;
import java.time.InstantSource;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Jira Cloud when it misbehaves. */
class JiraContractTest extends OutsideContract {

  @Override
  protected Notifier notifier(DoorSettings door) {
    return JiraNotifier.open(
        at(door, JiraEdition.CLOUD), Incidents.NONE, InstantSource.fixed(Samples.ONSET));
  }

  static JiraSettings at(DoorSettings door, JiraEdition edition) {
    JiraSettings settings = JiraNotifierTest.settings(edition, JiraNotifierTest.flow("", "", ""));
    return new JiraSettings(
        edition,
        door,
        settings.user(),
        settings.token(),
        settings.route(),
        settings.routes(),
        settings.fields(),
        settings.flow(),
        settings.attachEvidence(),
        settings.waits());
  }

  @Override
  protected Action action() {
    return Samples.action("INC-A", TICKET, ActionVerb.CREATE).build();
  }

  @Override
  protected List<String> secrets() {
    return List.of("s3cret-token", "Ym90QGV4YW1wbGUuY29tOnMzY3JldC10b2tlbg==");
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
}
