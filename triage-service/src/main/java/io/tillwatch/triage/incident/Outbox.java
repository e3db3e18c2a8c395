package io.tillwatch.triage.incident;

import io.tillwatch.rules.paging.Judgement;
import io.tillwatch.rules.route.Routing;
import io.tillwatch.rules.route.Target;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.PagerStep;
import io.tillwatch.triage.hypothesis.Merge;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what: turns what became of an incident into actions.
 *
 * <p>The pager comes first and is triggered once per episode, never after its resolve; the ticket
 * is created once in the incident's life and taken up again by a later episode; comments and chat
 * updates are bounded per episode. An action's id follows from its purpose, so nothing is queued
 * twice under two names.
 */
final class Outbox {

  private static final int SUMMARY_MAX = 1024;
  private static final String PAGE_FAILED = "page-failed";

  /** Where commands come from that the pager has heard of first. */
  private static final String PAGER_CHANNEL = "pagerduty";

  private final Routing routing;
  private final Suppressor suppressor;
  private final Set<ActionTarget> feeds;

  /**
   * @param feeds programs that are told of each change too: {@code WEBHOOK}, {@code ALERTMANAGER};
   *     a site without them has no records of theirs
   */
  Outbox(Routing routing, Suppressor suppressor, Set<ActionTarget> feeds) {
    this.routing = routing;
    this.suppressor = suppressor;
    this.feeds = feeds;
  }

  /** Tells people of a live incident, as far as it is to be carried. */
  void tell(CaseDraft draft, @Nullable Judgement judgement) {
    if (!draft.live() || onlyOnScreen(draft)) {
      return;
    }
    boolean page =
        judgement != null && judgement.page() && draft.kept().getPager() == PagerStep.NONE;
    if (suppressor.holds(draft, page)) {
      holdBack(draft, page);
      return;
    }
    if (endsUntold(draft)) {
      return;
    }
    route(draft);
    if (page && !Damping.swallows(draft)) {
      page(draft);
    }
    if (draft.kept().getAnnounced()) {
      update(draft);
      return;
    }
    draft.kept().setAnnounced(true);
    if (draft.kept().getTicketAsked()) {
      once(draft, ActionTarget.TICKET, ActionVerb.UPDATE, withNews(draft));
    } else {
      draft.kept().setTicketAsked(true);
      once(draft, ActionTarget.TICKET, ActionVerb.CREATE, headline(draft));
    }
    once(draft, ActionTarget.CHAT, ActionVerb.CREATE, headline(draft));
    feeds.forEach(feed -> once(draft, feed, ActionVerb.CREATE, headline(draft)));
  }

  /** Wakes somebody; who has it already is told to the pager at once, which then wakes no other. */
  private void page(CaseDraft draft) {
    draft.pager(PagerStep.TRIGGERED);
    Damping.woke(draft);
    once(draft, ActionTarget.PAGER, ActionVerb.TRIGGER, headline(draft));
    Instant acknowledgedAt = draft.incident().getAcknowledgedAt();
    if (acknowledgedAt != null) {
      draft.pager(PagerStep.ACKNOWLEDGED);
      once(
          draft,
          ActionTarget.PAGER,
          ActionVerb.ACKNOWLEDGE,
          headline(draft) + ": acknowledged before it was paged, at " + acknowledgedAt);
    }
  }

  /** Whether a page of it is open. */
  static boolean woken(CaseDraft draft) {
    PagerStep pager = draft.kept().getPager();
    return pager == PagerStep.TRIGGERED || pager == PagerStep.ACKNOWLEDGED;
  }

  /**
   * Pages for an incident that takes over what somebody was woken for, whatever holds it back: when
   * the part's page is closed, this one stays open. Who has the part has it.
   */
  void takeOver(CaseDraft part, CaseDraft into) {
    Damping.taken(into);
    into.advance(IncidentState.OPEN);
    Instant acknowledgedAt = part.incident().getAcknowledgedAt();
    if (acknowledgedAt != null && into.incident().getAcknowledgedAt() == null) {
      into.incident().setAcknowledgedAt(acknowledgedAt);
      into.advance(IncidentState.ACKNOWLEDGED);
      into.news(IncidentEvent.ACKNOWLEDGED, "acknowledged as " + part.incidentId());
    }
    route(into);
    page(into);
  }

  /** Detected and never more: what was not told is not told to be over either. */
  private static boolean onlyOnScreen(CaseDraft draft) {
    return draft.state() == IncidentState.DETECTED
        || (draft.state() == IncidentState.RECOVERING
            && draft.kept().getResumeState() == IncidentState.DETECTED);
  }

  /** What was held back until it recovered is not told in the end: nobody has to do anything. */
  private static boolean endsUntold(CaseDraft draft) {
    return draft.state() == IncidentState.RECOVERING && !draft.kept().getAnnounced();
  }

  /**
   * Writes down what would have been sent, to feeds too, each once for as long as it is held back.
   */
  private void holdBack(CaseDraft draft, boolean page) {
    List<String> notSent = new ArrayList<>();
    int before = Suppressor.swallowed(draft);
    if (page && !draft.kept().getPageHeld()) {
      draft.kept().setPageHeld(true);
      notSent.add("page");
    }
    int told = 2 + feeds.size();
    if (!draft.kept().getAnnounced() && before == 0) {
      notSent.addAll(List.of("ticket", "chat"));
      feeds.forEach(feed -> notSent.add(Phrases.label(feed)));
    } else if (!draft.news().isEmpty()
        && draft.kept().getMessages() + before / told < DeskLimits.MESSAGES_MAX) {
      notSent.addAll(List.of("ticket comment", "chat update"));
      feeds.forEach(feed -> notSent.add(Phrases.label(feed) + " update"));
    }
    if (!notSent.isEmpty()) {
      suppressor.swallowed(draft, notSent);
    }
  }

  /**
   * Decides where it is told, as far as it is not told there yet: what ends a page or edits a
   * message must go where that went, and the ticket stays where it is for the incident's life.
   */
  private void route(CaseDraft draft) {
    Map<Target, String> destinations =
        routing.destinations(RuleTraits.of(draft.incident().build()));
    Map<String, String> routes = new TreeMap<>(draft.incident().getRoutes());
    for (Target target : Target.values()) {
      boolean free =
          switch (target) {
            case PAGER -> draft.kept().getPager() == PagerStep.NONE;
            case TICKET -> !draft.kept().getTicketAsked();
            case CHAT -> !draft.kept().getAnnounced();
          };
      if (free) {
        routes.remove(target.label());
        if (destinations.containsKey(target)) {
          routes.put(target.label(), destinations.get(target));
        }
      }
    }
    draft.incident().setRoutes(routes);
  }

  private void update(CaseDraft draft) {
    if (draft.news().isEmpty() || draft.kept().getMessages() >= DeskLimits.MESSAGES_MAX) {
      return;
    }
    draft.kept().setMessages(draft.kept().getMessages() + 1);
    String purpose = "r" + draft.revision();
    queue(draft, ActionTarget.TICKET, ActionVerb.COMMENT, purpose, withNews(draft));
    queue(draft, ActionTarget.CHAT, ActionVerb.UPDATE, purpose, withNews(draft));
    feeds.forEach(feed -> queue(draft, feed, ActionVerb.UPDATE, purpose, withNews(draft)));
  }

  private static String withNews(CaseDraft draft) {
    return headline(draft) + ": " + String.join("; ", draft.news());
  }

  /**
   * Tells the pager that somebody has it, if it was triggered.
   *
   * @param channel where it was said; the pager is not told what it said itself
   */
  void acknowledged(CaseDraft draft, String author, String channel) {
    if (draft.kept().getPager() == PagerStep.TRIGGERED) {
      draft.pager(PagerStep.ACKNOWLEDGED);
      if (channel.equals(PAGER_CHANNEL)) {
        return;
      }
      once(
          draft,
          ActionTarget.PAGER,
          ActionVerb.ACKNOWLEDGE,
          headline(draft) + ": acknowledged by " + author);
    }
  }

  /** The pager has been told to be over by whoever resolved it there. */
  void knows(CaseDraft draft, String channel) {
    if (channel.equals(PAGER_CHANNEL) && woken(draft)) {
      draft.pager(PagerStep.RESOLVED);
    }
  }

  /** Tells everybody who heard of it that it is over. */
  void over(CaseDraft draft, String why) {
    suppressor.over(draft);
    Damping.over(draft);
    String text = headline(draft) + ": " + why;
    if (woken(draft)) {
      draft.pager(PagerStep.RESOLVED);
      once(draft, ActionTarget.PAGER, ActionVerb.RESOLVE, text);
    }
    if (draft.kept().getAnnounced()) {
      once(draft, ActionTarget.TICKET, ActionVerb.CLOSE, text);
      once(draft, ActionTarget.CHAT, ActionVerb.RESOLVE, text);
      feeds.forEach(feed -> once(draft, feed, ActionVerb.RESOLVE, text));
    }
  }

  /** The second channel: a page that did not arrive must not be silence. */
  void pageFailed(CaseDraft draft, String detail) {
    queue(
        draft,
        ActionTarget.CHAT,
        ActionVerb.UPDATE,
        PAGE_FAILED,
        headline(draft) + ": THE PAGE WAS NOT DELIVERED, somebody has to take this: " + detail);
  }

  private void once(CaseDraft draft, ActionTarget target, ActionVerb verb, String summary) {
    queue(draft, target, verb, Ids.ONCE, summary);
  }

  private void queue(
      CaseDraft draft, ActionTarget target, ActionVerb verb, String purpose, String summary) {
    Incident.Builder incident = draft.incident();
    String actionId = Ids.action(draft.incidentId(), draft.episode(), target, verb, purpose);
    draft
        .desk()
        .queue(
            Action.newBuilder()
                .setActionId(actionId)
                .setIncidentId(draft.incidentId())
                .setTenant(incident.getTenant())
                .setEpisode(draft.episode())
                .setRevision(draft.revision())
                .setTarget(target)
                .setVerb(verb)
                .setDedupKey(Ids.dedupKey(draft.incidentId(), draft.episode()))
                .setSeverity(incident.getSeverity())
                .setSummary(DeskLimits.cut(summary, SUMMARY_MAX))
                .setDetails(details(incident))
                .setLinks(incident.getLinks())
                .setCreatedAt(draft.now())
                .setRoute(incident.getRoutes().getOrDefault(Phrases.label(target), ""))
                .build());
    List<String> pending = new ArrayList<>(draft.kept().getPendingActions());
    pending.add(actionId);
    draft
        .kept()
        .setPendingActions(
            pending.subList(Math.max(0, pending.size() - DeskLimits.PENDING_MAX), pending.size()));
    draft.log(IncidentEvent.ACTION_QUEUED, actionId);
  }

  private static String headline(CaseDraft draft) {
    Incident.Builder incident = draft.incident();
    String again = draft.episode() > 1 ? ", episode " + draft.episode() : "";
    return "[%s] %s (%s%s)"
        .formatted(
            Phrases.label(incident.getSeverity()), incident.getTitle(), draft.incidentId(), again);
  }

  private static Map<String, String> details(Incident.Builder incident) {
    Map<String, String> details = new TreeMap<>();
    details.put("class", Phrases.label(incident.getIncidentClass()));
    details.put("owner", Phrases.label(incident.getOwner()));
    details.put("state", Phrases.label(incident.getState()));
    details.put("where", Phrases.places(incident.getRootCells()));
    details.put("started", incident.getStartedAt().toString());
    details.put("detected", incident.getDetectedAt().toString());
    details.put("approvalsLost", Phrases.number(incident.getApprovalsLost()));
    if (!incident.getAmountAtRisk().isEmpty()) {
      details.put("amountAtRisk", Phrases.amounts(incident.getAmountAtRisk()));
    }
    if (incident.getRecurrenceOf() != null) {
      details.put(
          "cameBack",
          "%d before, the last one %s"
              .formatted(incident.getRecurrences(), incident.getRecurrenceOf()));
    }
    likeliest(incident)
        .ifPresent(hypothesis -> {
          details.put("hypothesis", hypothesis.getStatement());
          details.put("check", hypothesis.getCheck());
          details.put("next", hypothesis.getNextStep());
        });
    return details;
  }

  /** Of the playbooks: whoever is woken reads nothing that a model wrote. */
  private static Optional<Hypothesis> likeliest(Incident.Builder incident) {
    return Merge.ofPlaybooks(incident.getHypotheses()).stream().findFirst();
  }
}
