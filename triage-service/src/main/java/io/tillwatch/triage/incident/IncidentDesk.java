package io.tillwatch.triage.incident;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.triage.link.Links;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * The incident desk of one tenant: a pure function from what is known, what comes in and what time
 * it is to what follows.
 *
 * <p>One cause is one incident, one page per episode and one ticket, for as long as it lives.
 * Whatever comes twice changes nothing the second time. Thread-safe; keeps nothing between calls.
 *
 * @see IncidentLife
 * @see DeskLimits
 */
public final class IncidentDesk {

  private final BurstDesk bursts;
  private final ResultDesk results;
  private final NewsDesk news;
  private final PeopleDesk people;
  private final AdviceDesk advice;
  private final Closing closing;

  /** A desk that tells people only. */
  public IncidentDesk(RuleBook rules, Links links) {
    this(rules, links, Set.of());
  }

  /**
   * A desk.
   *
   * @param feeds targets that are programs, and are told of each change too
   */
  public IncidentDesk(RuleBook rules, Links links, Set<ActionTarget> feeds) {
    Assessor assessor = new Assessor(rules, links);
    Suppressor suppressor = new Suppressor(rules.suppression());
    Outbox outbox = new Outbox(rules.routing(), suppressor, new TreeSet<>(feeds));
    Progress progress = new Progress(assessor, outbox);
    this.closing = new Closing(rules.recovery(), assessor, suppressor, outbox, progress);
    Opening opening = new Opening(assessor, progress, closing);
    Regrouping regrouping = new Regrouping(opening, assessor, progress, outbox);
    this.bursts = new BurstDesk(rules, assessor, opening, progress, regrouping);
    this.results = new ResultDesk(outbox);
    this.news = new NewsDesk(rules.correlation(), progress);
    this.advice = new AdviceDesk();
    this.people =
        new PeopleDesk(rules.playbooks(), assessor, progress, outbox, closing, regrouping);
  }

  /**
   * What follows from one input.
   *
   * @param state the desk so far; of the same tenant as the input
   * @param now time of the desk; a time before the last one counts as the last one
   */
  public Decision decide(DeskState state, Input input, Instant now) {
    DeskDraft desk = new DeskDraft(state, now);
    Verdict verdict =
        switch (input) {
          case Input.BurstSeen seen -> bursts.take(desk, seen.burst());
          case Input.ActionEnded ended -> results.take(desk, ended.result());
          case Input.ChangeSeen seen -> news.take(desk, seen.change());
          case Input.StatusSeen seen -> news.take(desk, seen.notice());
          case Input.AlertSeen seen -> news.take(desk, seen.alert());
          case Input.CommandGiven given -> people.take(desk, given.command());
          case Input.AdviceGiven given -> advice.take(desk, given.advice());
          case Input.Tick tick -> tick(desk);
        };
    return switch (verdict) {
      case DUPLICATE, TOO_LATE, UNKNOWN_INCIDENT, NOT_ALLOWED, DESK_FULL ->
          input instanceof Input.CommandGiven
              ? desk.seal(verdict)
              : Decision.nothing(verdict, state);
      default -> desk.seal(verdict);
    };
  }

  private Verdict tick(DeskDraft desk) {
    closing.putAway(desk);
    Verdict resolved = closing.tick(desk);
    Verdict released = closing.release(desk);
    return resolved == Verdict.NOTHING ? released : resolved;
  }
}
