package io.tillwatch.triage.slack;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.OutsideContract;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

class SlackOutsideTest extends OutsideContract {

  @Override
  protected Notifier notifier(DoorSettings door) {
    return Slack.open(SlackTest.settings(door));
  }

  @Override
  protected Action action() {
    return Samples.action("INC-A", ActionTarget.CHAT, ActionVerb.CREATE).build();
  }

  @Override
  protected List<String> secrets() {
    return List.of(FakeSlack.TOKEN);
  }

  @Override
  protected SequencedMap<Integer, Class<? extends Delivery>> fates() {
    TreeMap<Integer, Class<? extends Delivery>> fates = new TreeMap<>();
    fates.put(300, Delivery.Retry.class);
    return fates;
  }
}
