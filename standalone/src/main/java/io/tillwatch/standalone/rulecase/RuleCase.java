package io.tillwatch.standalone.rulecase;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import java.time.Instant;
import java.util.List;

/**
 * One story, and what must come of it.
 *
 * @param name what people call it
 * @param start when its first minute begins
 * @param series what happens
 * @param changes of ours
 * @param notices of the PSPs' status pages
 * @param expected each incident that must be there; none when nothing may
 */
record RuleCase(
    String name,
    Instant start,
    List<CaseSeries> series,
    List<ChangeEvent> changes,
    List<StatusEvent> notices,
    List<Expected> expected) {

  RuleCase {
    series = List.copyOf(series);
    changes = List.copyOf(changes);
    notices = List.copyOf(notices);
    expected = List.copyOf(expected);
  }

  /** How long it is. */
  int minutes() {
    return series.stream().mapToInt(CaseSeries::minutes).max().orElse(0);
  }
}
