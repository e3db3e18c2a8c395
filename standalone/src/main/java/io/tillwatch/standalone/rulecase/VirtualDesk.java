package io.tillwatch.standalone.rulecase;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.incident.Decision;
import io.tillwatch.triage.incident.DeskState;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.link.Links;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The incident desk of production in virtual time, before a world in which whatever is sent arrives
 * at once. Used by one thread.
 */
public final class VirtualDesk {

  /** As often as the desk is told in production that time passes. */
  public static final Duration TICK = Duration.ofSeconds(10);

  private final IncidentDesk desk;
  private final Map<String, Followed> incidents = new LinkedHashMap<>();
  private DeskState state;

  /** A desk that knows nothing yet. */
  public VirtualDesk(RuleBook rules, String tenant) {
    this.desk =
        new IncidentDesk(rules, new Links(LinkSettings.local(URI.create("http://localhost:8080"))));
    this.state = DeskState.empty(tenant);
  }

  /** Hears of something, and decides. */
  public void decide(Input input, Instant at) {
    Decision decision = desk.decide(state, input, at);
    state = decision.next();
    for (Incident incident : decision.incidents()) {
      incidents
          .computeIfAbsent(incident.getIncidentId(), id -> new Followed(incident, at))
          .is(incident);
    }
    for (Action action : decision.actions()) {
      Followed followed = incidents.get(action.getIncidentId());
      if (followed != null) {
        followed.sent(action, at);
      }
      decide(new Input.ActionEnded(done(action, at)), at);
    }
  }

  /** The incidents that came of it, in order. */
  public List<Followed> incidents() {
    return List.copyOf(incidents.values());
  }

  private static ActionResult done(Action action, Instant at) {
    return ActionResult.newBuilder()
        .setActionId(action.getActionId())
        .setIncidentId(action.getIncidentId())
        .setTenant(action.getTenant())
        .setTarget(action.getTarget())
        .setVerb(action.getVerb())
        .setOutcome(ActionOutcome.DONE)
        .setAttempts(1)
        .setExternalId(action.getTarget() == ActionTarget.TICKET ? "CASE-1" : null)
        .setAt(at)
        .build();
  }
}
