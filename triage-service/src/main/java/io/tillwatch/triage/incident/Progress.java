package io.tillwatch.triage.incident;

import io.tillwatch.rules.paging.Attention;
import io.tillwatch.rules.paging.Judgement;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import org.jspecify.annotations.Nullable;

/** How an incident goes on after its bursts changed: assessed again, moved on, people told. */
final class Progress {

  private final Assessor assessor;
  private final Outbox outbox;

  Progress(Assessor assessor, Outbox outbox) {
    this.assessor = assessor;
    this.outbox = outbox;
  }

  /** Brings the incident up to date, moves its state, tells people. */
  void carryOn(CaseDraft draft) {
    goOn(draft, assessor.assess(draft));
  }

  /**
   * Moves the state of an incident that has been assessed, and tells people.
   *
   * @param judgement how far it is to be carried; null when nothing burns
   */
  void goOn(CaseDraft draft, @Nullable Judgement judgement) {
    settle(draft, judgement);
    outbox.tell(draft, judgement);
  }

  private static void settle(CaseDraft draft, @Nullable Judgement judgement) {
    if (judgement != null) {
      burns(draft, judgement);
    } else if (draft.state() != IncidentState.RECOVERING) {
      recovers(draft);
    }
    if (!draft.quiet()) {
      draft.kept().setQuietSince(null);
    } else if (draft.kept().getQuietSince() == null) {
      draft.kept().setQuietSince(draft.now());
    }
  }

  private static void burns(CaseDraft draft, Judgement judgement) {
    if (draft.state() == IncidentState.RECOVERING) {
      draft.become(draft.kept().getResumeState());
      draft.incident().setRecoveringAt(null);
      Damping.again(draft);
      draft.news(IncidentEvent.RELAPSED, "back: the recovery did not hold");
    }
    if (draft.state() == IncidentState.DETECTED && judgement.attention() != Attention.WATCH) {
      draft.become(IncidentState.OPEN);
      draft.log(IncidentEvent.UPDATED, "open: " + judgement.reason().label());
    }
  }

  private static void recovers(CaseDraft draft) {
    draft.kept().setResumeState(draft.state());
    draft.become(IncidentState.RECOVERING);
    draft.incident().setRecoveringAt(draft.now());
    draft.news(IncidentEvent.RECOVERING, "recovering");
  }
}
