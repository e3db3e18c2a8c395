package io.tillwatch.triage.incident;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.PagerStep;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of a burst: its own incident, part of another's, or the return of one. */
final class BurstDesk {

  private final RuleBook rules;
  private final Correlation correlation;
  private final Opening opening;
  private final Progress progress;
  private final Regrouping regrouping;
  private final Damping damping;

  BurstDesk(RuleBook rules, Opening opening, Progress progress, Regrouping regrouping) {
    this.rules = rules;
    this.correlation = new Correlation(rules.correlation());
    this.opening = opening;
    this.progress = progress;
    this.regrouping = regrouping;
    this.damping = new Damping(rules.recovery().flapping());
  }

  Verdict take(DeskDraft desk, Burst burst) {
    Optional<IncidentCase> holder = holderOf(desk, burst);
    if (holder.isPresent()) {
      return revise(desk, holder.get(), burst);
    }
    if (Bursts.closed(burst)) {
      return Verdict.TOO_LATE;
    }
    Optional<IncidentCase> live = joinable(desk, burst);
    if (live.isPresent()) {
      return join(draftOf(desk, live.get()), burst);
    }
    Optional<IncidentCase> resolved = reopenable(desk, burst);
    if (resolved.isPresent()) {
      CaseDraft draft = draftOf(desk, resolved.get());
      return draft.put(burst) ? reopen(draft, burst) : Verdict.DESK_FULL;
    }
    return open(desk, burst);
  }

  private static Optional<IncidentCase> holderOf(DeskDraft desk, Burst burst) {
    return desk.cases().values().stream()
        .filter(known -> burstIn(known, burst.getBurstId()) != null)
        .findFirst();
  }

  private static @Nullable Burst burstIn(IncidentCase known, String burstId) {
    return known.getBursts().stream()
        .filter(burst -> burst.getBurstId().equals(burstId))
        .findFirst()
        .orElse(null);
  }

  private Verdict revise(DeskDraft desk, IncidentCase holder, Burst burst) {
    Burst known = burstIn(holder, burst.getBurstId());
    if (known != null && known.getRevision() >= burst.getRevision()) {
      return Verdict.DUPLICATE;
    }
    CaseDraft draft = draftOf(desk, holder);
    draft.put(burst);
    if (draft.live()) {
      return update(draft, burst);
    }
    return reviseResolved(draft, burst);
  }

  /**
   * A burst that goes on after its incident was resolved by a person is only remembered; one that
   * had closed and burns again reopens it.
   */
  private Verdict reviseResolved(CaseDraft draft, Burst burst) {
    boolean muted = draft.kept().getMutedBursts().contains(burst.getBurstId());
    if (Bursts.closed(burst) && muted) {
      List<String> left = new ArrayList<>(draft.kept().getMutedBursts());
      left.remove(burst.getBurstId());
      draft.kept().setMutedBursts(left);
    }
    boolean back = Bursts.active(burst) && !muted;
    return back && draft.state() == IncidentState.RESOLVED
        ? reopen(draft, burst)
        : Verdict.REMEMBERED;
  }

  private Verdict update(CaseDraft draft, Burst burst) {
    draft.touch();
    draft.log(IncidentEvent.UPDATED, revisionText(burst));
    boolean merged = absorb(draft, burst);
    progress.carryOn(draft);
    return merged ? Verdict.MERGED : Verdict.UPDATED;
  }

  private static String revisionText(Burst burst) {
    return "burst %s revision %d, %s: %s at %s, %s lost"
        .formatted(
            burst.getBurstId(),
            burst.getRevision(),
            Phrases.label(burst.getState()),
            Phrases.change(
                burst.getKind(), burst.getKpi(), burst.getExpected(), burst.getObserved()),
            Phrases.places(burst.getRootCells()),
            Phrases.number(burst.getApprovalsLost()));
  }

  private Optional<IncidentCase> joinable(DeskDraft desk, Burst burst) {
    return desk.cases().values().stream()
        .filter(known -> IncidentLife.live(known.getIncident().getState()))
        .filter(known -> !Regrouping.apart(known, burst))
        .filter(known ->
            known.getBursts().stream().anyMatch(each -> correlation.sameCause(each, burst)))
        .min(Opening.ELDEST_FIRST);
  }

  private Verdict join(CaseDraft draft, Burst burst) {
    if (!draft.put(burst)) {
      return Verdict.DESK_FULL;
    }
    draft.news(IncidentEvent.BURST_JOINED, "joined: " + revisionText(burst));
    boolean merged = absorb(draft, burst);
    progress.carryOn(draft);
    return merged ? Verdict.MERGED : Verdict.JOINED;
  }

  private Optional<IncidentCase> reopenable(DeskDraft desk, Burst burst) {
    return desk.cases().values().stream()
        .filter(known -> known.getIncident().getState() == IncidentState.RESOLVED)
        .filter(known -> recentlyResolved(known, desk.now()))
        .filter(known -> known.getBursts().stream().anyMatch(each -> sameCells(each, burst)))
        .max(Comparator.comparing(known -> known.getIncident().getResolvedAt()));
  }

  private boolean recentlyResolved(IncidentCase known, Instant now) {
    Instant resolvedAt = known.getIncident().getResolvedAt();
    return resolvedAt != null && !now.isAfter(resolvedAt.plus(rules.recovery().reopenWithin()));
  }

  private static boolean sameCells(Burst a, Burst b) {
    return a.getKind() == b.getKind() && Correlation.samePlace(a, b);
  }

  /** The next episode; of one that flaps the severity stays, so that worse can be told. */
  private Verdict reopen(CaseDraft draft, Burst burst) {
    int next = draft.episode() + 1;
    boolean flaps = damping.returns(draft);
    draft
        .incident()
        .setEpisode(next)
        .setPagedAt(null)
        .setAcknowledgedAt(null)
        .setMitigatedAt(null)
        .setRecoveringAt(null)
        .setResolvedAt(null)
        .setSeverity(flaps ? draft.incident().getSeverity() : Severity.UNKNOWN);
    draft
        .kept()
        .setPager(PagerStep.NONE)
        .setAnnounced(false)
        .setMessages(0)
        .setQuietSince(null)
        .setPageHeld(false)
        .setMutedBursts(List.of());
    draft.become(IncidentState.DETECTED);
    draft.news(IncidentEvent.REOPENED, "episode " + next + ": " + revisionText(burst));
    if (flaps) {
      damping.begin(draft);
    }
    progress.carryOn(draft);
    return Verdict.REOPENED;
  }

  private Verdict open(DeskDraft desk, Burst burst) {
    String id = Ids.incident(burst.getTenant(), burst.getBurstId(), desk.cases()::containsKey);
    return opening.open(desk, id, List.of(burst), "").isPresent()
        ? Verdict.OPENED
        : Verdict.DESK_FULL;
  }

  /** A burst whose cells hold another incident's cells is the cause of both. */
  private boolean absorb(CaseDraft into, Burst burst) {
    List<IncidentCase> parts =
        into.desk().cases().values().stream()
            .filter(known -> !known.getIncident().getIncidentId().equals(into.incidentId()))
            .filter(known -> IncidentLife.live(known.getIncident().getState()))
            .filter(known -> !Regrouping.apart(into, known))
            .filter(known -> isPartOf(known, burst))
            .toList();
    parts.forEach(part -> regrouping.merge(draftOf(into.desk(), part), into));
    return !parts.isEmpty();
  }

  private boolean isPartOf(IncidentCase known, Burst burst) {
    Burst lead = Bursts.lead(known.getBursts());
    return Bursts.active(burst)
        && correlation.sameCause(burst, lead)
        && Correlation.holds(burst, lead);
  }

  private static CaseDraft draftOf(DeskDraft desk, IncidentCase known) {
    return desk.draft(known.getIncident().getIncidentId()).orElseThrow();
  }
}
