package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.triage.phrase.Phrases;
import java.util.ArrayList;
import java.util.List;

/** What came of actions: when the page was taken, what the ticket is called, what failed. */
final class ResultDesk {

  private final Outbox outbox;

  ResultDesk(Outbox outbox) {
    this.outbox = outbox;
  }

  Verdict take(DeskDraft desk, ActionResult result) {
    IncidentCase known = desk.cases().get(result.getIncidentId());
    if (known == null) {
      return Verdict.UNKNOWN_INCIDENT;
    }
    if (!known.getPendingActions().contains(result.getActionId())) {
      return Verdict.DUPLICATE;
    }
    CaseDraft draft = desk.draft(result.getIncidentId()).orElseThrow();
    List<String> pending = new ArrayList<>(draft.kept().getPendingActions());
    pending.remove(result.getActionId());
    draft.kept().setPendingActions(pending);
    if (result.getOutcome() == ActionOutcome.DONE) {
      done(draft, result);
    } else {
      failed(draft, result);
    }
    return Verdict.UPDATED;
  }

  private static void done(CaseDraft draft, ActionResult result) {
    if (isPage(result) && isOfThisEpisode(draft, result) && tried(result)) {
      draft.incident().setPagedAt(result.getAt());
      draft.touch();
    }
    String externalId = result.getExternalId();
    if (result.getTarget() == ActionTarget.TICKET
        && externalId != null
        && (result.getVerb() == ActionVerb.CREATE || draft.incident().getTicket() == null)) {
      draft.incident().setTicket(externalId);
      draft.touch();
    }
    String named = externalId == null ? "" : " as " + externalId;
    draft.log(
        IncidentEvent.ACTION_DONE,
        result.getActionId() + (tried(result) ? named : ": " + result.getDetail()));
  }

  /** Of a target that is switched off nobody hears, and nobody is meant to: there is no try. */
  private static boolean tried(ActionResult result) {
    return result.getAttempts() > 0;
  }

  private void failed(CaseDraft draft, ActionResult result) {
    draft.log(
        IncidentEvent.ACTION_FAILED,
        "%s %s after %d tries: %s"
            .formatted(
                result.getActionId(),
                Phrases.label(result.getOutcome()),
                result.getAttempts(),
                result.getDetail()));
    if (isPage(result) && isOfThisEpisode(draft, result) && draft.live()) {
      outbox.pageFailed(draft, result.getDetail());
    }
  }

  private static boolean isPage(ActionResult result) {
    return result.getTarget() == ActionTarget.PAGER && result.getVerb() == ActionVerb.TRIGGER;
  }

  /** A page of an earlier episode that is answered late says nothing about this one. */
  private static boolean isOfThisEpisode(CaseDraft draft, ActionResult result) {
    return result
        .getActionId()
        .equals(
            Ids.action(
                draft.incidentId(),
                draft.episode(),
                ActionTarget.PAGER,
                ActionVerb.TRIGGER,
                Ids.ONCE));
  }
}
