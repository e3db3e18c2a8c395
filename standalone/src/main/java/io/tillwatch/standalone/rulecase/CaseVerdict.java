package io.tillwatch.standalone.rulecase;

import java.util.ArrayList;
import java.util.List;

/**
 * How a case ended.
 *
 * @param name the case
 * @param wrong what is not as expected, in lines; empty when all is
 * @param found each incident that came of it, in a line
 * @param millis how long it took
 */
record CaseVerdict(String name, List<String> wrong, List<String> found, long millis) {

  CaseVerdict {
    wrong = List.copyOf(wrong);
    found = List.copyOf(found);
  }

  boolean ok() {
    return wrong.isEmpty();
  }

  /** Pairs what is expected with what came, each with the one it fits best. */
  static CaseVerdict of(RuleCase story, List<Followed> found, long millis) {
    List<Followed> left = new ArrayList<>(found);
    List<String> wrong = new ArrayList<>();
    for (Expected expected : story.expected()) {
      Followed best = null;
      List<String> mismatches = List.of();
      for (Followed each : left) {
        List<String> of = expected.mismatches(each, story.start());
        if (best == null || of.size() < mismatches.size()) {
          best = each;
          mismatches = of;
        }
      }
      if (best == null) {
        wrong.add("no incident, expected " + expected.text());
      } else {
        left.remove(best);
        String id = best.incident().getIncidentId();
        mismatches.forEach(mismatch -> wrong.add(id + " " + mismatch));
      }
    }
    left.forEach(
        unexpected -> wrong.add(unexpected.incident().getIncidentId() + " was not expected"));
    List<String> lines =
        found.stream().map(each -> each.incident().getIncidentId() + ": " + each.text()).toList();
    return new CaseVerdict(story.name(), wrong, lines, millis);
  }
}
