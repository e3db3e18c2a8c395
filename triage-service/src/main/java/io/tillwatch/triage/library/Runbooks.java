package io.tillwatch.triage.library;

import io.tillwatch.rules.runbook.Runbook;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The runbooks of the rules in force. */
final class Runbooks implements Source {

  private final Supplier<Map<String, Runbook>> inForce;
  private Map<String, Runbook> known = Map.of();
  private List<Page> pages = List.of();

  /**
   * @param inForce by name; another map only when something changed
   */
  Runbooks(Supplier<Map<String, Runbook>> inForce) {
    this.inForce = inForce;
  }

  @Override
  // Equal maps are one and the same, or were read anew: either way the pages are right.
  @SuppressWarnings("ReferenceEquality")
  public synchronized List<Page> pages() {
    Map<String, Runbook> now = inForce.get();
    if (now != known) {
      known = now;
      pages =
          now.values().stream()
              .sorted(Comparator.comparing(Runbook::name))
              .map(Page::of)
              .toList();
    }
    return pages;
  }
}
