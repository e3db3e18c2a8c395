package io.tillwatch.triage.gateway.redact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found in one text, in the order of finding; merged when asked for. */
final class Spans {

  private final List<Finding> found = new ArrayList<>();

  void clear() {
    found.clear();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Adds what stands between two indexes of a view. */
  void add(View view, SensitiveType type, RedactionReason reason, int from, int to) {
    // A view may be read from its end.
    int start = Math.min(view.start(from), view.start(to - 1));
    int end = Math.max(view.end(from), view.end(to - 1));
    found.add(new Finding(type, reason, start, end));
  }

  /** The type that ranks first among all. */
  SensitiveType first() {
    SensitiveType first = SensitiveType.ENCODED;
    for (Finding finding : found) {
      first = finding.type().compareTo(first) < 0 ? finding.type() : first;
    }
    return first;
  }

  /** All of them in order, what overlaps as one. */
  List<Finding> merged() {
    if (found.size() == 1) {
      return List.copyOf(found);
    }
    found.sort(Comparator.comparingInt(Finding::from).thenComparing(Finding::type));
    List<Finding> merged = new ArrayList<>();
    for (Finding next : found) {
      Finding last = merged.isEmpty() ? null : merged.getLast();
      if (last == null || next.from() >= last.to()) {
        merged.add(next);
      } else {
        Finding ranks = next.type().compareTo(last.type()) < 0 ? next : last;
        int to = Math.max(last.to(), next.to());
        merged.set(merged.size() - 1, new Finding(ranks.type(), ranks.reason(), last.from(), to));
      }
    }
    return merged;
  }
}
