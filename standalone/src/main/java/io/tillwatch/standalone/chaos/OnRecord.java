package io.tillwatch.standalone.chaos;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What triage has committed, read from its topics. */
record OnRecord(
    List<Action> actions,
    List<ActionResult> results,
    List<Incident> incidents,
    List<IncidentLogEntry> log) {

  /** Dedup keys that a page was asked for. */
  Set<String> pagesAskedFor() {
    Set<String> keys = new HashSet<>();
    for (Action action : actions) {
      if (action.getTarget() == ActionTarget.PAGER && action.getVerb() == ActionVerb.TRIGGER) {
        keys.add(action.getDedupKey());
      }
    }
    return keys;
  }

  /** Ids of actions that are settled. */
  Set<String> settled() {
    Set<String> ids = new HashSet<>();
    results.forEach(result -> ids.add(result.getActionId()));
    return ids;
  }

  /** Whether every action has its result. */
  boolean quiet() {
    Set<String> settled = settled();
    return actions.stream().allMatch(action -> settled.contains(action.getActionId()));
  }

  /** Incidents as last published. */
  Map<String, Incident> latest() {
    Map<String, Incident> latest = new HashMap<>();
    incidents.forEach(incident -> latest.put(incident.getIncidentId(), incident));
    return latest;
  }

  /** The incident that holds a burst; empty while none does. */
  Map<String, String> incidentByBurst() {
    Map<String, String> byBurst = new HashMap<>();
    incidents.forEach(incident ->
        incident.getBurstIds().forEach(id -> byBurst.put(id, incident.getIncidentId())));
    return byBurst;
  }

  /** Dedup keys whose page was not sent because the incident was over first. */
  Set<String> overFirst() {
    Map<String, String> keys = new HashMap<>();
    actions.forEach(action -> keys.put(action.getActionId(), action.getDedupKey()));
    Set<String> over = new HashSet<>();
    for (ActionResult result : results) {
      if (result.getOutcome() == ActionOutcome.FAILED
          && result.getVerb() == ActionVerb.TRIGGER
          && result.getDetail().startsWith("over before")) {
        over.add(keys.getOrDefault(result.getActionId(), ""));
      }
    }
    return over;
  }
}
