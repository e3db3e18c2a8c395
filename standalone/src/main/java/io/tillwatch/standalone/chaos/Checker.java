package io.tillwatch.standalone.chaos;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.standalone.chaos.WireLog.Entry;
import io.tillwatch.standalone.chaos.WireLog.Verb;
import io.tillwatch.triage.incident.LogChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checker: what triage has on record against what reached the outside.
 *
 * <pre>
 *   actions = results, each once              every page asked for rang, or was over first
 *   pages per episode = 1                     trigger ≤ acknowledge ≤ resolve, never back
 *   tickets per incident = 1                  the log's chain is whole
 * </pre>
 */
final class Checker {

  private final OnRecord record;
  private final List<String> violations = new ArrayList<>();

  private Checker(OnRecord record) {
    this.record = record;
  }

  /** What does not hold; none when all does. */
  static List<String> check(OnRecord record, List<Entry> pager, List<Entry> tracker) {
    Checker checker = new Checker(record);
    checker.actionsAndResults();
    checker.pages(pager);
    checker.order(pager);
    checker.tickets(tracker);
    LogChain.verify(record.log()).ifPresent(broken -> checker.violations.add("log: " + broken));
    if (!record.log().isEmpty() && record.log().getFirst().getSequence() != 1) {
      checker.violations.add(
          "log: begins with entry %d, expected 1".formatted(record.log().getFirst().getSequence()));
    }
    return checker.violations;
  }

  private void actionsAndResults() {
    Set<String> asked = new HashSet<>();
    for (Action action : record.actions()) {
      if (!asked.add(action.getActionId())) {
        violations.add("actions: %s is queued twice".formatted(action.getActionId()));
      }
    }
    Set<String> settled = new HashSet<>();
    for (ActionResult result : record.results()) {
      if (!settled.add(result.getActionId())) {
        violations.add("results: %s is on record twice".formatted(result.getActionId()));
      }
    }
    Set<String> open = new TreeSet<>(asked);
    open.removeAll(settled);
    open.forEach(id -> violations.add("results: %s has none".formatted(id)));
  }

  /** Pages as the other side sees them: a trigger rings unless its alert is open. */
  static Map<String, Integer> rings(List<Entry> pager) {
    Set<String> open = new HashSet<>();
    Map<String, Integer> rings = new HashMap<>();
    for (Entry entry : pager) {
      if (entry.effect() && entry.verb() == Verb.TRIGGER && open.add(entry.key())) {
        rings.merge(entry.key(), 1, Integer::sum);
      } else if (entry.effect() && entry.verb() == Verb.RESOLVE) {
        open.remove(entry.key());
      }
    }
    return rings;
  }

  private void pages(List<Entry> pager) {
    Map<String, Integer> rings = rings(pager);
    Set<String> asked = record.pagesAskedFor();
    Set<String> over = record.overFirst();
    if (pager.isEmpty()) {
      return;
    }
    for (String key : asked) {
      int rang = rings.getOrDefault(key, 0);
      if (rang == 0 && !over.contains(key)) {
        violations.add("pages: %s was never paged".formatted(key));
      } else if (rang > 1) {
        violations.add("pages: %s was paged %d times".formatted(key, rang));
      }
    }
    rings.keySet().stream()
        .filter(key -> !asked.contains(key))
        .forEach(key -> violations.add("pages: nobody asked for %s".formatted(key)));
  }

  private void order(List<Entry> pager) {
    Map<String, Verb> furthest = new HashMap<>();
    for (Entry entry : pager) {
      if (entry.verb() == Verb.OTHER) {
        continue;
      }
      Verb before = furthest.getOrDefault(entry.key(), Verb.TRIGGER);
      if (entry.verb().compareTo(before) < 0) {
        violations.add("order: %s of %s after %s".formatted(entry.verb(), entry.key(), before));
      } else {
        furthest.put(entry.key(), entry.verb());
      }
    }
  }

  private void tickets(List<Entry> tracker) {
    if (tracker.isEmpty()) {
      return;
    }
    Map<String, Integer> made = new HashMap<>();
    for (Entry entry : tracker) {
      if (entry.verb() == Verb.CREATE && entry.effect()) {
        made.merge(entry.key(), 1, Integer::sum);
      }
    }
    for (Action action : record.actions()) {
      if (action.getTarget() == ActionTarget.TICKET && action.getVerb() == ActionVerb.CREATE) {
        int count = made.getOrDefault(action.getIncidentId(), 0);
        if (count != 1) {
          violations.add("tickets: %s has %d".formatted(action.getIncidentId(), count));
        }
      }
    }
  }
}
