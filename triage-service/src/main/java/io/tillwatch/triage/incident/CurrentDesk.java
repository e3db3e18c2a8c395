package io.tillwatch.triage.incident;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.triage.link.Links;
import java.util.function.Supplier;

/**
 * The desk under the rules that are in force: another one as soon as they are others. Thread-safe.
 */
public final class CurrentDesk implements Supplier<IncidentDesk> {

  private record Desk(RuleBook rules, IncidentDesk desk) {}

  private final Supplier<RuleBook> rules;
  private final Links links;
  private volatile Desk latest;

  public CurrentDesk(Supplier<RuleBook> rules, Links links) {
    this.rules = rules;
    this.links = links;
    this.latest = deskUnder(rules.get());
  }

  private Desk deskUnder(RuleBook now) {
    return new Desk(now, new IncidentDesk(now, links));
  }

  /** The desk for one decision. */
  // Two books are the same when they are the same object: to compare them by value takes longer
  // than to judge.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public IncidentDesk get() {
    RuleBook now = rules.get();
    Desk current = latest;
    if (current.rules() != now) {
      current = deskUnder(now);
      latest = current;
    }
    return current.desk();
  }
}
