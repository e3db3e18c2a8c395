package io.tillwatch.triage.pagerduty;

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

class PagerDutyOutsideTest extends OutsideContract {

  @Override
  protected Notifier notifier(DoorSettings door) {
    return PagerDuty.open(PagerDutyTest.settings(door, 1_000));
  }

  @Override
  protected Action action() {
    return Samples.action("INC-A", ActionTarget.PAGER, ActionVerb.TRIGGER).build();
  }

  @Override
  protected List<String> secrets() {
    return List.of(PagerDutyTest.KEY, PagerDutyTest.OTHER_KEY);
  }

  @Override
  protected SequencedMap<Integer, Class<? extends Delivery>> fates() {
    TreeMap<Integer, Class<? extends Delivery>> fates = new TreeMap<>();
    fates.put(300, Delivery.Retry.class);
    fates.put(400, Delivery.Refused.class);
    fates.put(407, Delivery.Retry.class);
    fates.put(409, Delivery.Refused.class);
    fates.put(425, Delivery.Retry.class);
    fates.put(426, Delivery.Refused.class);
    fates.put(429, Delivery.Retry.class);
    fates.put(430, Delivery.Refused.class);
    fates.put(500, Delivery.Retry.class);
    return fates;
  }
}
