package io.tillwatch.triage.incident;

import io.tillwatch.rules.RuleBook;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The desk under the rules that are in force: another one as soon as they are others. Thread-safe.
 */
public final class CurrentDesk implements Supplier<IncidentDesk> {

  private record Desk(RuleBook rules, IncidentDesk desk) {}

  private final Supplier<RuleBook> rules;
  private final Function<RuleBook, IncidentDesk> deskOf;
  private volatile Desk latest;

  /**
   * A desk that follows the rules.
   *
   * @param rules what is in force; a change is seen by its being another object
   * @param deskOf makes the desk that judges by them
   */
  public CurrentDesk(Supplier<RuleBook> rules, Function<RuleBook, IncidentDesk> deskOf) {
    this.rules = rules;
    this.deskOf = deskOf;
    this.latest = deskUnder(rules.get());
  }

  private Desk deskUnder(RuleBook now) {
    return new Desk(now, deskOf.apply(now));
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
