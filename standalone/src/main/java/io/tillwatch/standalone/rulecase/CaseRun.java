package io.tillwatch.standalone.rulecase;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.topology.detect.Lookout;
import io.tillwatch.topology.detect.MinuteLeaves;
import io.tillwatch.topology.detect.WatchPlan;
import io.tillwatch.triage.incident.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
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

  private final RuleCase story;
  private final VirtualDesk desk;
  private final Map<EventKind, Lookout> lookouts = new EnumMap<>(EventKind.class);
  private final Map<EventKind, CaseMinute> minutes = new EnumMap<>(EventKind.class);
  private final Deque<ChangeEvent> changes;
  private final Deque<StatusEvent> notices;
  private SortedMap<String, Long> authsBefore = Collections.emptySortedMap();

  private CaseRun(RuleCase story, RuleBook rules) {
    this.story = story;
    this.desk = new VirtualDesk(rules, TENANT);
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
    return run.desk.incidents();
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
        bursts.forEach(burst -> desk.decide(new Input.BurstSeen(burst), end));
      }
    });
    for (Instant tick = end; tick.isBefore(end.plus(MINUTE)); tick = tick.plus(VirtualDesk.TICK)) {
      desk.decide(new Input.Tick(), tick);
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
      desk.decide(new Input.ChangeSeen(change), change.getEventTime());
    }
    while (!notices.isEmpty() && notices.getFirst().getEventTime().isBefore(end)) {
      StatusEvent notice = notices.removeFirst();
      desk.decide(new Input.StatusSeen(notice), notice.getEventTime());
    }
  }
}
