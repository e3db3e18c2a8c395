package io.tillwatch.triage.incident;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Playbooks;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.phrase.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What people want done with an incident. Each command ends in the log: as what was done, or as
 * refused and why; the same command again does nothing.
 */
final class PeopleDesk {

  /** Where commands come from that somebody waits for an answer to. */
  private static final String API = "api";

  private final Playbooks playbooks;
  private final Assessor assessor;
  private final Progress progress;
  private final Outbox outbox;
  private final Closing closing;
  private final Regrouping regrouping;

  PeopleDesk(
      Playbooks playbooks,
      Assessor assessor,
      Progress progress,
      Outbox outbox,
      Closing closing,
      Regrouping regrouping) {
    this.playbooks = playbooks;
    this.assessor = assessor;
    this.progress = progress;
    this.outbox = outbox;
    this.closing = closing;
    this.regrouping = regrouping;
  }

  Verdict take(DeskDraft desk, Command command) {
    if (desk.docket().getCommands().contains(command.getCommandId())) {
      return Verdict.DUPLICATE;
    }
    remember(desk, command);
    Optional<CaseDraft> found = desk.draft(command.getIncidentId());
    if (found.isEmpty()) {
      refused(desk, 0, command, "no incident of that id is on the desk");
      return Verdict.UNKNOWN_INCIDENT;
    }
    CaseDraft draft = found.get();
    Optional<String> why =
        CommandRules.lack(command)
            .or(() -> CommandRules.stale(command, draft.episode()))
            .or(() -> CommandRules.objection(draft.state(), command.getVerb()));
    return why.isPresent() ? refuse(draft, command, why.get()) : take(draft, command);
  }

  private static void remember(DeskDraft desk, Command command) {
    List<String> ids = new ArrayList<>(desk.docket().getCommands());
    ids.add(command.getCommandId());
    desk.docket(
        Docket.newBuilder(desk.docket())
            .setCommands(ids.subList(Math.max(0, ids.size() - DeskLimits.COMMANDS_MAX), ids.size()))
            .build());
  }

  private Verdict take(CaseDraft draft, Command command) {
    return switch (command.getVerb()) {
      case ACKNOWLEDGE -> acknowledge(draft, command);
      case MITIGATE -> mitigate(draft, command);
      case RESOLVE -> resolve(draft, command);
      case REVIEW -> review(draft, command);
      case NOTE -> note(draft, command);
      case MERGE -> merge(draft, command);
      case SPLIT -> split(draft, command);
      case OTHER -> throw new IllegalStateException("refused before");
    };
  }

  private Verdict acknowledge(CaseDraft draft, Command command) {
    if (draft.incident().getAcknowledgedAt() != null) {
      return already(draft, command, "acknowledged");
    }
    draft.advance(IncidentState.ACKNOWLEDGED);
    taken(draft, command);
    progress.carryOn(draft);
    return Verdict.UPDATED;
  }

  private Verdict mitigate(CaseDraft draft, Command command) {
    if (draft.incident().getMitigatedAt() != null) {
      return already(draft, command, "mitigated");
    }
    draft.advance(IncidentState.MITIGATED);
    if (draft.incident().getAcknowledgedAt() == null) {
      taken(draft, command);
    }
    draft.incident().setMitigatedAt(draft.now());
    draft.news(
        IncidentEvent.MITIGATED, command.getAuthor(), because("mitigated", command.getReason()));
    Remedy.keep(draft, because("mitigated by " + who(command), command.getReason()));
    progress.carryOn(draft);
    return Verdict.UPDATED;
  }

  /** Whoever mitigates has it too. */
  private void taken(CaseDraft draft, Command command) {
    draft.incident().setAcknowledgedAt(draft.now());
    draft.news(
        IncidentEvent.ACKNOWLEDGED,
        command.getAuthor(),
        because("acknowledged by " + who(command), command.getReason()));
    outbox.acknowledged(draft, command.getAuthor(), command.getChannel());
  }

  private Verdict resolve(CaseDraft draft, Command command) {
    outbox.knows(draft, command.getChannel());
    closing.resolveByHand(
        draft, command.getAuthor(), because("by " + who(command), command.getReason()));
    return Verdict.RESOLVED;
  }

  /** Whoever reviews may be wrong: a later review replaces it, and the log has both. */
  private Verdict review(CaseDraft draft, Command command) {
    IncidentClass confirmed = Objects.requireNonNull(command.getConfirmedClass());
    boolean again = draft.state() == IncidentState.REVIEWED;
    IncidentClass before = draft.incident().getIncidentClass();
    if (again
        && confirmed == before
        && command.getConfirmedCause().equals(draft.incident().getConfirmedCause())) {
      return already(draft, command, "reviewed so");
    }
    if (!again) {
      draft.become(IncidentState.REVIEWED);
    }
    draft.touch();
    Cause cause = Cause.valueOf(confirmed.name());
    draft
        .incident()
        .setIncidentClass(confirmed)
        .setConfirmedCause(command.getConfirmedCause())
        .setOwner(Owner.valueOf(playbooks.of(cause).owner().name()));
    assessor.titleAndLinks(draft);
    String instead = again ? " instead of " + Phrases.label(before) : "";
    draft
        .desk()
        .log(
            draft,
            IncidentEvent.REVIEWED,
            command.getAuthor(),
            because(
                because(Phrases.label(confirmed) + instead, command.getConfirmedCause()),
                command.getReason()));
    return Verdict.UPDATED;
  }

  private Verdict note(CaseDraft draft, Command command) {
    draft.news(IncidentEvent.NOTED, command.getAuthor(), who(command) + ": " + command.getReason());
    if (draft.live()) {
      progress.carryOn(draft);
    }
    return Verdict.UPDATED;
  }

  private Verdict merge(CaseDraft part, Command command) {
    Optional<CaseDraft> into =
        part.desk().draft(Objects.requireNonNull(command.getInto())).filter(CaseDraft::live);
    if (into.isEmpty()) {
      return refuse(
          part, command, command.getInto() + " is not open, expected an incident that is");
    }
    Optional<String> why = Regrouping.whyNotMerged(part, into.get());
    if (why.isPresent()) {
      return refuse(part, command, why.get());
    }
    regrouping.mergeByHand(part, into.get(), command);
    return Verdict.MERGED;
  }

  private Verdict split(CaseDraft draft, Command command) {
    Optional<String> why = regrouping.whyNotSplit(draft, command.getBurstIds());
    if (why.isPresent()) {
      return refuse(draft, command, why.get());
    }
    regrouping.split(draft, command);
    return Verdict.SPLIT;
  }

  private static Verdict refuse(CaseDraft draft, Command command, String why) {
    refused(draft.desk(), draft.revision(), command, why);
    return Verdict.NOT_ALLOWED;
  }

  /**
   * What is so already is no news to a system that echoes ours; a person is told that nothing was
   * done.
   */
  private static Verdict already(CaseDraft draft, Command command, String what) {
    if (command.getChannel().equals(API)) {
      refused(draft.desk(), draft.revision(), command, "it is " + what + " already");
    }
    return Verdict.DUPLICATE;
  }

  private static void refused(DeskDraft desk, int revision, Command command, String why) {
    desk.log(
        command.getIncidentId(),
        revision,
        IncidentEvent.REFUSED,
        command.getAuthor(),
        "%s refused: %s (command %s)"
            .formatted(Phrases.label(command.getVerb()), why, command.getCommandId()));
  }

  private static String who(Command command) {
    boolean here = command.getChannel().equals(API) || command.getChannel().isEmpty();
    return here ? command.getAuthor() : command.getAuthor() + " in " + command.getChannel();
  }

  private static String because(String what, String why) {
    return why.isBlank() ? what : what + ": " + why;
  }
}
