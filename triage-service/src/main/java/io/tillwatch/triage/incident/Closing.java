package io.tillwatch.triage.incident;

import io.tillwatch.rules.incident.RecoveryRules;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How incidents end: by quiet, by want of news, by a person; and what is put away afterwards. */
final class Closing {

  private final RecoveryRules recovery;
  private final Assessor assessor;
  private final Suppressor suppressor;
  private final Outbox outbox;
  private final Progress progress;
  private final Damping damping;

  Closing(
      RecoveryRules recovery,
      Assessor assessor,
      Suppressor suppressor,
      Outbox outbox,
      Progress progress) {
    this.recovery = recovery;
    this.assessor = assessor;
    this.suppressor = suppressor;
    this.outbox = outbox;
    this.progress = progress;
    this.damping = new Damping(recovery.flapping());
  }

  /** Time passes: resolves what has been quiet for long enough, or not heard of for too long. */
  Verdict tick(DeskDraft desk) {
    Verdict verdict = Verdict.NOTHING;
    for (IncidentCase known : desk.cases().values()) {
      String why = reasonToResolve(known, desk.now());
      if (!why.isEmpty()) {
        desk.draft(known.getIncident().getIncidentId())
            .ifPresent(draft -> resolve(draft, DeskDraft.AUTHOR, why));
        verdict = Verdict.RESOLVED;
      }
    }
    return verdict;
  }

  /** Tells what is no longer held back, if it still burns. */
  Verdict release(DeskDraft desk) {
    Verdict verdict = Verdict.NOTHING;
    for (IncidentCase known : desk.cases().values()) {
      IncidentCase current = desk.asItStands(known);
      boolean endures = damping.endures(current, desk.now(), recovery.quietFor());
      if (endures || suppressor.ended(desk, current)) {
        CaseDraft draft = desk.draft(known.getIncident().getIncidentId()).orElseThrow();
        if (endures) {
          Damping.goesOn(draft);
        }
        progress.carryOn(draft);
        verdict = Verdict.UPDATED;
      }
    }
    return verdict;
  }

  private String reasonToResolve(IncidentCase known, Instant now) {
    Incident incident = known.getIncident();
    Instant quietSince = known.getQuietSince();
    if (incident.getState() == IncidentState.RECOVERING
        && quietSince != null
        && !now.isBefore(quietSince.plus(damping.quietFor(incident, recovery.quietFor())))) {
      return "quiet since " + quietSince;
    }
    boolean forgotten =
        IncidentLife.live(incident.getState())
            && !now.isBefore(incident.getUpdatedAt().plus(recovery.forgetAfter()));
    return forgotten ? "no news since " + incident.getUpdatedAt() : "";
  }

  /** Ends an incident because a person says so: what still burns of it is muted until it closes. */
  void resolveByHand(CaseDraft draft, String author, String why) {
    draft
        .kept()
        .setMutedBursts(
            draft.bursts().stream().filter(Bursts::active).map(Burst::getBurstId).toList());
    resolve(draft, author, why);
  }

  /** Ends an incident. */
  void resolve(CaseDraft draft, String author, String why) {
    draft.become(IncidentState.RESOLVED);
    draft.incident().setResolvedAt(draft.now());
    draft.kept().setQuietSince(null);
    assessor.titleAndLinks(draft);
    draft.desk().log(draft, IncidentEvent.RESOLVED, author, why);
    outbox.over(draft, "resolved, " + why);
  }

  /** Puts away the oldest of what is over, down to the limit. */
  void putAway(DeskDraft desk) {
    List<IncidentCase> over =
        desk.cases().values().stream()
            .filter(known -> !IncidentLife.live(known.getIncident().getState()))
            .sorted(Comparator.comparing(known -> known.getIncident().getUpdatedAt()))
            .toList();
    over.stream()
        .limit(Math.max(0, over.size() - DeskLimits.RESOLVED_MAX))
        .forEach(known -> desk.remove(known.getIncident().getIncidentId()));
  }
}
