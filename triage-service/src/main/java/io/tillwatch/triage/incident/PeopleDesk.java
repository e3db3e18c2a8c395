package io.tillwatch.triage.incident;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Playbooks;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.phrase.Phrases;
import java.util.Optional;

/** What people want done with an incident. */
final class PeopleDesk {

  private final Playbooks playbooks;
  private final Assessor assessor;
  private final Outbox outbox;
  private final Closing closing;

  PeopleDesk(Playbooks playbooks, Assessor assessor, Outbox outbox, Closing closing) {
    this.playbooks = playbooks;
    this.assessor = assessor;
    this.outbox = outbox;
    this.closing = closing;
  }

  Verdict take(DeskDraft desk, Input.Command command) {
    Optional<CaseDraft> draft = desk.draft(command.incidentId());
    return draft.map(found -> take(found, command)).orElse(Verdict.UNKNOWN_INCIDENT);
  }

  private Verdict take(CaseDraft draft, Input.Command command) {
    return switch (command) {
      case Input.Acknowledge acknowledge -> acknowledge(draft, acknowledge);
      case Input.Mitigate mitigate -> mitigate(draft, mitigate);
      case Input.Resolve resolve -> resolve(draft, resolve);
      case Input.Review review -> review(draft, review);
      case Input.Note note -> note(draft, note);
    };
  }

  private Verdict acknowledge(CaseDraft draft, Input.Acknowledge command) {
    if (!draft.live()) {
      return Verdict.NOT_ALLOWED;
    }
    if (draft.incident().getAcknowledgedAt() != null) {
      return Verdict.DUPLICATE;
    }
    advance(draft, IncidentState.ACKNOWLEDGED);
    taken(draft, command.author());
    outbox.tell(draft, null);
    return Verdict.UPDATED;
  }

  private Verdict mitigate(CaseDraft draft, Input.Mitigate command) {
    if (!draft.live()) {
      return Verdict.NOT_ALLOWED;
    }
    if (draft.incident().getMitigatedAt() != null) {
      return Verdict.DUPLICATE;
    }
    advance(draft, IncidentState.MITIGATED);
    if (draft.incident().getAcknowledgedAt() == null) {
      taken(draft, command.author());
    }
    draft.incident().setMitigatedAt(draft.now());
    draft.news(IncidentEvent.MITIGATED, command.author(), "mitigated: " + command.note());
    outbox.tell(draft, null);
    return Verdict.UPDATED;
  }

  /** Whoever mitigates has it too. */
  private void taken(CaseDraft draft, String author) {
    draft.incident().setAcknowledgedAt(draft.now());
    draft.news(IncidentEvent.ACKNOWLEDGED, author, "acknowledged by " + author);
    outbox.acknowledged(draft, author);
  }

  /** Moves to the state; while recovering it only becomes the state a relapse goes back to. */
  private static void advance(CaseDraft draft, IncidentState next) {
    draft.touch();
    boolean recovering = draft.state() == IncidentState.RECOVERING;
    IncidentState from = recovering ? draft.kept().getResumeState() : draft.state();
    if (!IncidentLife.legal(from, next)) {
      return; // mitigated already: to be acknowledged later changes the record, not the state
    }
    if (recovering) {
      draft.kept().setResumeState(next);
    } else {
      draft.become(next);
    }
  }

  private Verdict resolve(CaseDraft draft, Input.Resolve command) {
    if (!draft.live()) {
      return Verdict.NOT_ALLOWED;
    }
    closing.resolve(draft, command.author(), "by " + command.author() + ": " + command.note());
    return Verdict.RESOLVED;
  }

  private Verdict review(CaseDraft draft, Input.Review command) {
    if (draft.state() == IncidentState.REVIEWED) {
      return Verdict.DUPLICATE;
    }
    if (draft.state() != IncidentState.RESOLVED) {
      return Verdict.NOT_ALLOWED;
    }
    draft.become(IncidentState.REVIEWED);
    Cause cause = Cause.valueOf(command.confirmed().name());
    draft
        .incident()
        .setIncidentClass(command.confirmed())
        .setOwner(Owner.valueOf(playbooks.of(cause).owner().name()));
    assessor.titleAndLinks(draft);
    draft
        .desk()
        .log(
            draft,
            IncidentEvent.REVIEWED,
            command.author(),
            Phrases.label(command.confirmed()) + ": " + command.note());
    return Verdict.UPDATED;
  }

  private Verdict note(CaseDraft draft, Input.Note command) {
    draft.news(IncidentEvent.NOTED, command.author(), command.author() + ": " + command.text());
    outbox.tell(draft, null);
    return Verdict.UPDATED;
  }
}
