package io.tillwatch.standalone.rulecase;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.topology.detect.Lookout;
import io.tillwatch.topology.detect.MinuteLeaves;
import io.tillwatch.topology.detect.WatchPlan;
import io.tillwatch.triage.incident.Decision;
import io.tillwatch.triage.incident.DeskState;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.link.Links;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Runs one case: each minute is closed before the next is known, its bursts go to the desk, what
 * the desk sends arrives at once. The detector and the desk are those of production; what they are
 * not asked is the minute that fills, so that production may be some seconds earlier.
 */
final class CaseRun {

  private static final String TENANT = "case";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** As often as the desk is told in production that time passes. */
  private static final Duration TICK = Duration.ofSeconds(10);

  private final RuleCase story;
  private final IncidentDesk desk;
  private final Map<EventKind, Lookout> lookouts = new EnumMap<>(EventKind.class);
  private final Map<EventKind, CaseMinute> minutes = new EnumMap<>(EventKind.class);
  private final Map<String, Followed> incidents = new LinkedHashMap<>();
  private final Deque<ChangeEvent> changes;
  private final Deque<StatusEvent> notices;
  private DeskState state = DeskState.empty(TENANT);
  private SortedMap<String, Long> authsBefore = Collections.emptySortedMap();

  private CaseRun(RuleCase story, RuleBook rules) {
    this.story = story;
    this.desk =
        new IncidentDesk(rules, new Links(LinkSettings.local(URI.create("http://localhost:8080"))));
    this.changes =
        new ArrayDeque<>(
            story.changes().stream().sorted(byTime(ChangeEvent::getEventTime)).toList());
    this.notices =
        new ArrayDeque<>(
            story.notices().stream().sorted(byTime(StatusEvent::getEventTime)).toList());
    WatchPlan plan = WatchPlan.under(rules);
    for (CaseSeries series : story.series()) {
      EventKind kind = series.kind();
      lookouts.computeIfAbsent(kind, seen -> new Lookout(plan, TENANT, seen));
      minutes.computeIfAbsent(kind, seen -> new CaseMinute(seen, story.series()));
    }
  }

  private static <T> Comparator<T> byTime(Function<T, Instant> time) {
    return Comparator.comparing(time);
  }

  /** The incidents that came of it, in order. */
  static List<Followed> run(RuleCase story, RuleBook rules) {
    CaseRun run = new CaseRun(story, rules);
    for (int minute = 0; minute < story.minutes(); minute++) {
      run.minute(minute);
    }
    return List.copyOf(run.incidents.values());
  }

  private void minute(int number) {
    Instant begin = story.start().plus(MINUTE.multipliedBy(number));
    Instant end = begin.plus(MINUTE);
    news(end);
    minutes.values().forEach(minute -> minute.at(number));
    owed();
    lookouts.forEach((kind, lookout) -> {
      MinuteLeaves leaves = minutes.get(kind);
      if (leaves != null) {
        List<Burst> bursts =
            lookout.closeMinute(begin.toEpochMilli(), leaves, end.toEpochMilli()).bursts();
        lookout.drainState();
        bursts.forEach(burst -> decide(new Input.BurstSeen(burst), end));
      }
    });
    for (Instant tick = end; tick.isBefore(end.plus(MINUTE)); tick = tick.plus(TICK)) {
      decide(new Input.Tick(), tick);
    }
  }

  /** Webhooks are owed for authorisations. */
  private void owed() {
    CaseMinute auths = minutes.get(EventKind.AUTH);
    CaseMinute webhooks = minutes.get(EventKind.WEBHOOK);
    if (auths != null && webhooks != null) {
      SortedMap<String, Long> now = auths.byPsp();
      webhooks.owedFor(MinuteLeaves.fewer(authsBefore, now));
      authsBefore = now;
    }
  }

  private void news(Instant end) {
    while (!changes.isEmpty() && changes.getFirst().getEventTime().isBefore(end)) {
      ChangeEvent change = changes.removeFirst();
      decide(new Input.ChangeSeen(change), change.getEventTime());
    }
    while (!notices.isEmpty() && notices.getFirst().getEventTime().isBefore(end)) {
      StatusEvent notice = notices.removeFirst();
      decide(new Input.StatusSeen(notice), notice.getEventTime());
    }
  }

  private void decide(Input input, Instant at) {
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
        followed.sent(action);
      }
      decide(new Input.ActionEnded(done(action, at)), at);
    }
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
