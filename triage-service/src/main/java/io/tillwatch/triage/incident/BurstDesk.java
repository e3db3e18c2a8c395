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
  private final Assessor assessor;
  private final Correlation correlation;
  private final Opening opening;
  private final Progress progress;
  private final Regrouping regrouping;
  private final Damping damping;

  BurstDesk(
      RuleBook rules,
      Assessor assessor,
      Opening opening,
      Progress progress,
      Regrouping regrouping) {
    this.rules = rules;
    this.assessor = assessor;
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
    return arrive(desk, burst, "");
  }

  /**
   * A burst that no incident holds, or none that could be told of again.
   *
   * @param cause what the log of a new incident says first; empty for nothing
   */
  private Verdict arrive(DeskDraft desk, Burst burst, String cause) {
    Optional<IncidentCase> live = joinable(desk, burst);
    if (live.isPresent()) {
      return join(draftOf(desk, live.get()), burst);
    }
    Optional<IncidentCase> resolved = reopenable(desk, burst);
    if (resolved.isPresent()) {
      CaseDraft draft = draftOf(desk, resolved.get());
      return draft.put(burst) ? reopen(draft, burst) : Verdict.DESK_FULL;
    }
    return open(desk, burst, cause);
  }

  /** Of a burst that went on after its incident was reviewed, the one that heard of it last. */
  private static Optional<IncidentCase> holderOf(DeskDraft desk, Burst burst) {
    return desk.cases().values().stream()
        .filter(known -> burstIn(known, burst.getBurstId()) != null)
        .max(Comparator.comparingInt(known -> revisionIn(known, burst.getBurstId())));
  }

  private static @Nullable Burst burstIn(IncidentCase known, String burstId) {
    return known.getBursts().stream()
        .filter(burst -> burst.getBurstId().equals(burstId))
        .findFirst()
        .orElse(null);
  }

  private static int revisionIn(IncidentCase known, String burstId) {
    Burst burst = burstIn(known, burstId);
    return burst == null ? 0 : burst.getRevision();
  }

  private Verdict revise(DeskDraft desk, IncidentCase holder, Burst burst) {
    Burst known = burstIn(holder, burst.getBurstId());
    if (known != null && known.getRevision() >= burst.getRevision()) {
      return Verdict.DUPLICATE;
    }
    IncidentState state = holder.getIncident().getState();
    boolean back = !IncidentLife.live(state) && isBack(holder, burst);
    if (back && state == IncidentState.REVIEWED) {
      String reviewed = holder.getIncident().getIncidentId();
      return arrive(desk, burst, "burns after the review of %s: ".formatted(reviewed));
    }
    CaseDraft draft = draftOf(desk, holder);
    draft.put(burst);
    if (draft.live()) {
      return update(draft, burst);
    }
    return back && state == IncidentState.RESOLVED ? reopen(draft, burst) : remember(draft, burst);
  }

  /**
   * Whether it has to be told again: it burns, and no person knew that when they called it over, or
   * it is worse than what they knew.
   */
  private boolean isBack(IncidentCase over, Burst burst) {
    boolean muted = over.getMutedBursts().contains(burst.getBurstId());
    return Bursts.active(burst) && (!muted || assessor.worse(over.getIncident(), burst));
  }

  /** What goes on after a person called it over is muted until it has closed. */
  private static Verdict remember(CaseDraft draft, Burst burst) {
    if (Bursts.closed(burst)) {
      List<String> left = new ArrayList<>(draft.kept().getMutedBursts());
      left.remove(burst.getBurstId());
      draft.kept().setMutedBursts(left);
    }
    return Verdict.REMEMBERED;
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
        .filter(known -> correlation.belongsTo(known.getBursts(), burst))
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
        .filter(known -> correlation.returnOf(known.getBursts(), burst))
        .max(Comparator.comparing(known -> known.getIncident().getResolvedAt()));
  }

  private boolean recentlyResolved(IncidentCase known, Instant now) {
    Instant resolvedAt = known.getIncident().getResolvedAt();
    return resolvedAt != null && !now.isAfter(resolvedAt.plus(rules.recovery().reopenWithin()));
  }

  /** The next episode; of one that flaps the severity stays, so that worse can be told. */
  private Verdict reopen(CaseDraft draft, Burst burst) {
    int next = draft.episode() + 1;
    boolean flaps = damping.tooOften(draft);
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
    return opening.again(draft) ? Verdict.REOPENED : Verdict.DESK_FULL;
  }

  private Verdict open(DeskDraft desk, Burst burst, String cause) {
    String id =
        Ids.incident(
            burst.getTenant(), burst.getBurstId(), burst.getRevision(), desk.cases()::containsKey);
    return opening.open(desk, id, List.of(burst), cause).isPresent()
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
    boolean merged = false;
    for (IncidentCase part : parts) {
      if (into.roomFor(part.getBursts())) {
        regrouping.merge(draftOf(into.desk(), part), into);
        merged = true;
      }
    }
    return merged;
  }

  private boolean isPartOf(IncidentCase known, Burst burst) {
    Burst lead = Bursts.lead(known.getBursts());
    boolean explains = !Correlation.isMix(burst) || Correlation.isMix(lead);
    return Bursts.active(burst)
        && explains
        && correlation.sameCause(burst, lead)
        && Correlation.holds(burst, lead);
  }

  private static CaseDraft draftOf(DeskDraft desk, IncidentCase known) {
    return desk.draft(known.getIncident().getIncidentId()).orElseThrow();
  }
}
