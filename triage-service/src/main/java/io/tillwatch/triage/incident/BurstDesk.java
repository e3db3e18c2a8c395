package io.tillwatch.triage.incident;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.paging.Attention;
import io.tillwatch.rules.paging.Judgement;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
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

  private static final Comparator<IncidentCase> ELDEST_FIRST =
      Comparator.comparing((IncidentCase known) -> known.getIncident().getStartedAt())
          .thenComparing(known -> known.getIncident().getIncidentId());

  private final RuleBook rules;
  private final Correlation correlation;
  private final Assessor assessor;
  private final Outbox outbox;
  private final Closing closing;

  BurstDesk(RuleBook rules, Assessor assessor, Outbox outbox, Closing closing) {
    this.rules = rules;
    this.correlation = new Correlation(rules.correlation());
    this.assessor = assessor;
    this.outbox = outbox;
    this.closing = closing;
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
    carryOn(draft);
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
        .filter(known ->
            known.getBursts().stream().anyMatch(each -> correlation.sameCause(each, burst)))
        .min(ELDEST_FIRST);
  }

  private Verdict join(CaseDraft draft, Burst burst) {
    if (!draft.put(burst)) {
      return Verdict.DESK_FULL;
    }
    draft.news(IncidentEvent.BURST_JOINED, "joined: " + revisionText(burst));
    boolean merged = absorb(draft, burst);
    carryOn(draft);
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

  private Verdict reopen(CaseDraft draft, Burst burst) {
    int next = draft.episode() + 1;
    draft
        .incident()
        .setEpisode(next)
        .setPagedAt(null)
        .setAcknowledgedAt(null)
        .setMitigatedAt(null)
        .setRecoveringAt(null)
        .setResolvedAt(null)
        .setSeverity(Severity.UNKNOWN);
    draft
        .kept()
        .setPager(PagerStep.NONE)
        .setAnnounced(false)
        .setMessages(0)
        .setQuietSince(null)
        .setMutedBursts(List.of());
    draft.become(IncidentState.DETECTED);
    draft.news(IncidentEvent.REOPENED, "episode " + next + ": " + revisionText(burst));
    carryOn(draft);
    return Verdict.REOPENED;
  }

  private Verdict open(DeskDraft desk, Burst burst) {
    CaseDraft draft = desk.add(newCase(desk, burst));
    draft.put(burst);
    draft.touch();
    Judgement judgement = assessor.assess(draft);
    if (!makeRoom(desk, draft)) {
      return Verdict.DESK_FULL;
    }
    draft.log(
        IncidentEvent.OPENED,
        "%s, %s (%s)"
            .formatted(
                draft.incident().getTitle(),
                Phrases.label(draft.incident().getSeverity()),
                judgement == null ? "recovering" : judgement.reason().label()));
    settle(draft, judgement);
    outbox.tell(draft, judgement);
    return Verdict.OPENED;
  }

  private static CaseDraft newCase(DeskDraft desk, Burst burst) {
    String tenant = burst.getTenant();
    String id = Ids.incident(tenant, burst.getBurstId(), desk.cases()::containsKey);
    Incident incident =
        Incident.newBuilder()
            .setIncidentId(id)
            .setTenant(tenant)
            .setRevision(0)
            .setState(IncidentState.DETECTED)
            .setIncidentClass(IncidentClass.UNKNOWN)
            .setOwner(Owner.UNKNOWN)
            .setSeverity(Severity.UNKNOWN)
            .setTitle("")
            .setRule(burst.getRule())
            .setKind(burst.getKind())
            .setKpi(burst.getKpi())
            .setRootCells(List.of())
            .setBurstIds(List.of())
            .setStartedAt(burst.getOnsetAt())
            .setDetectedAt(burst.getDetectedAt())
            .setUpdatedAt(desk.now())
            .setObserved(burst.getObserved())
            .setExpected(burst.getExpected())
            .setApprovalsLost(burst.getApprovalsLost())
            .build();
    return new CaseDraft(
        desk, IncidentCase.newBuilder().setIncident(incident).setBursts(List.of()).build());
  }

  /**
   * At the limit the mildest, oldest incident that nobody was paged for gives way to a worse one.
   */
  private boolean makeRoom(DeskDraft desk, CaseDraft newcomer) {
    List<IncidentCase> live =
        desk.cases().values().stream()
            .filter(known -> IncidentLife.live(known.getIncident().getState()))
            .toList();
    if (live.size() < DeskLimits.LIVE_MAX) {
      return true;
    }
    Severity worse = newcomer.incident().getSeverity();
    Optional<IncidentCase> mildest =
        live.stream()
            .filter(known -> known.getPager() == PagerStep.NONE)
            .filter(known -> known.getIncident().getSeverity().compareTo(worse) > 0)
            .max(
                Comparator.comparing((IncidentCase known) -> known.getIncident().getSeverity())
                    .thenComparing(ELDEST_FIRST.reversed()));
    mildest.ifPresentOrElse(
        known ->
            closing.resolve(
                draftOf(desk, known),
                DeskDraft.AUTHOR,
                "gave way to " + newcomer.incidentId() + ": the desk is full"),
        () -> desk.discard(newcomer));
    return mildest.isPresent();
  }

  /** Brings the incident up to date, moves its state, tells people. */
  private void carryOn(CaseDraft draft) {
    Judgement judgement = assessor.assess(draft);
    settle(draft, judgement);
    outbox.tell(draft, judgement);
  }

  private void settle(CaseDraft draft, @Nullable Judgement judgement) {
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

  /** A burst whose cells hold another incident's cells is the cause of both. */
  private boolean absorb(CaseDraft into, Burst burst) {
    List<IncidentCase> parts =
        into.desk().cases().values().stream()
            .filter(known -> !known.getIncident().getIncidentId().equals(into.incidentId()))
            .filter(known -> IncidentLife.live(known.getIncident().getState()))
            .filter(known -> isPartOf(known, burst))
            .toList();
    parts.forEach(part -> merge(draftOf(into.desk(), part), into));
    return !parts.isEmpty();
  }

  private boolean isPartOf(IncidentCase known, Burst burst) {
    Burst lead = Bursts.lead(known.getBursts());
    return Bursts.active(burst)
        && correlation.sameCause(burst, lead)
        && Correlation.holds(burst, lead);
  }

  private void merge(CaseDraft part, CaseDraft into) {
    part.become(IncidentState.MERGED);
    part.log(IncidentEvent.MERGED, "merged into " + into.incidentId());
    outbox.over(part, "merged into " + into.incidentId());
    part.kept().setMergedInto(into.incidentId());
    List.copyOf(part.bursts()).forEach(into::put);
    part.bursts().clear();
    into.news(IncidentEvent.MERGED, part.incidentId() + " is part of this");
  }

  private static CaseDraft draftOf(DeskDraft desk, IncidentCase known) {
    return desk.draft(known.getIncident().getIncidentId()).orElseThrow();
  }
}
