package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.incident.Decision;
import io.tillwatch.triage.incident.DeskState;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.link.Links;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The incident desk of production in virtual time, with outlets that are told at once. For one
 * thread.
 */
final class Bench implements AutoCloseable {

  private final IncidentDesk desk;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<String, List<Hypothesis>> firstTold = new LinkedHashMap<>();
  private final List<IncidentLogEntry> log = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private DeskState state = DeskState.empty(Staged.TENANT);
  private Instant now = Staged.ONSET.minus(Duration.ofDays(2));
  private Outlets outlets;
  private long pagedNanos;

  Bench(RuleBook rules) {
    this.desk =
        new IncidentDesk(rules, new Links(LinkSettings.local(URI.create("http://localhost:8080"))));
    this.outlets = open();
  }

  private Outlets open() {
    return new Outlets(id -> Optional.ofNullable(incidents.get(id)));
  }

  /** What was sent so far is of no interest. */
  void forget() {
    outlets.close();
    outlets = open();
    actions.clear();
  }

  Instant now() {
    return now;
  }

  /** Hears of a burst; how long it took until the pager had it, or until nobody was to be paged. */
  Duration burst(String psp, int revision, Instant onset) throws InterruptedException {
    Instant seen = onset.plus(Duration.ofMinutes(1 + revision));
    now = seen.isAfter(now) ? seen : now;
    long from = System.nanoTime();
    pagedNanos = from;
    hear(new Input.BurstSeen(Staged.burst(psp, revision, onset)));
    return Duration.ofNanos(pagedNanos - from);
  }

  /** Hears of something, and does what follows. */
  void hear(Input input) throws InterruptedException {
    Decision decision = desk.decide(state, input, now);
    state = decision.next();
    log.addAll(decision.log());
    for (Incident incident : decision.incidents()) {
      incidents.put(incident.getIncidentId(), incident);
      if (!incident.getHypotheses().isEmpty()) {
        firstTold.putIfAbsent(incident.getIncidentId(), incident.getHypotheses());
      }
    }
    for (Action action : decision.actions()) {
      actions.add(action);
      Input.ActionEnded ended = new Input.ActionEnded(outlets.deliver(action, now));
      if (action.getTarget() == ActionTarget.PAGER && action.getVerb() == ActionVerb.TRIGGER) {
        pagedNanos = System.nanoTime();
      }
      hear(ended);
    }
  }

  /** The incident of a PSP that goes on; of several the latest. */
  Optional<Incident> incident(String psp) {
    return incidents.values().stream()
        .filter(each -> each.getState() != IncidentState.REVIEWED)
        .filter(each -> each.getRootCells().getFirst().getSlice().containsValue(psp))
        .reduce((earlier, later) -> later);
  }

  List<Incident> incidents() {
    return List.copyOf(incidents.values());
  }

  /** Its hypotheses when it was first on record. */
  List<Hypothesis> firstTold(String psp) {
    return incident(psp)
        .map(each -> firstTold.getOrDefault(each.getIncidentId(), List.of()))
        .orElse(List.of());
  }

  List<IncidentLogEntry> log(String incidentId) {
    return log.stream().filter(entry -> entry.getIncidentId().equals(incidentId)).toList();
  }

  List<Action> actions(String incidentId) {
    return actions.stream().filter(each -> each.getIncidentId().equals(incidentId)).toList();
  }

  String sent(ActionTarget target) {
    return outlets.sent(target);
  }

  @Override
  public void close() {
    outlets.close();
  }
}
