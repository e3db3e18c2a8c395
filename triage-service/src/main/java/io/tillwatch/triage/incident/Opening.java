package io.tillwatch.triage.incident;

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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How an incident begins, if there is room for it. */
final class Opening {

  /** The one that began first, whatever else. */
  static final Comparator<IncidentCase> ELDEST_FIRST =
      Comparator.comparing((IncidentCase known) -> known.getIncident().getStartedAt())
          .thenComparing(known -> known.getIncident().getIncidentId());

  private final Assessor assessor;
  private final Progress progress;
  private final Closing closing;

  Opening(Assessor assessor, Progress progress, Closing closing) {
    this.assessor = assessor;
    this.progress = progress;
    this.closing = closing;
  }

  /**
   * Opens an incident of these bursts.
   *
   * @param id its id, of no other incident on the desk
   * @param cause what the log says before anything else; empty for nothing
   * @return empty when the desk is full of worse ones
   */
  Optional<CaseDraft> open(DeskDraft desk, String id, List<Burst> bursts, String cause) {
    CaseDraft draft = desk.add(newCase(desk, id, bursts));
    bursts.forEach(draft::put);
    draft.touch();
    Judgement judgement = assessor.assess(draft);
    if (!makeRoom(desk, draft)) {
      return Optional.empty();
    }
    draft.log(
        IncidentEvent.OPENED,
        "%s%s, %s (%s)"
            .formatted(
                cause,
                draft.incident().getTitle(),
                Phrases.label(draft.incident().getSeverity()),
                judgement == null ? "recovering" : judgement.reason().label()));
    progress.goOn(draft, judgement);
    return Optional.of(draft);
  }

  /**
   * Takes up an incident again that was over.
   *
   * @return false when the desk is full of worse ones; then nothing may come of it
   */
  boolean again(CaseDraft draft) {
    Judgement judgement = assessor.assess(draft);
    if (!makeRoom(draft.desk(), draft)) {
      return false;
    }
    progress.goOn(draft, judgement);
    return true;
  }

  private static CaseDraft newCase(DeskDraft desk, String id, List<Burst> bursts) {
    Burst lead = Bursts.lead(bursts);
    Incident incident =
        Incident.newBuilder()
            .setIncidentId(id)
            .setTenant(lead.getTenant())
            .setRevision(0)
            .setState(IncidentState.DETECTED)
            .setIncidentClass(IncidentClass.UNKNOWN)
            .setOwner(Owner.UNKNOWN)
            .setSeverity(Severity.UNKNOWN)
            .setTitle("")
            .setRule(lead.getRule())
            .setKind(lead.getKind())
            .setKpi(lead.getKpi())
            .setRootCells(List.of())
            .setBurstIds(List.of())
            .setStartedAt(Bursts.startedAt(bursts))
            .setDetectedAt(Bursts.detectedAt(bursts))
            .setUpdatedAt(desk.now())
            .setObserved(lead.getObserved())
            .setExpected(lead.getExpected())
            .setApprovalsLost(lead.getApprovalsLost())
            .build();
    return new CaseDraft(
        desk, IncidentCase.newBuilder().setIncident(incident).setBursts(List.of()).build());
  }

  /** Whether as many incidents as may be are live. */
  static boolean full(DeskDraft desk) {
    return live(desk).size() >= DeskLimits.LIVE_MAX;
  }

  private static List<IncidentCase> live(DeskDraft desk) {
    return desk.cases().values().stream()
        .filter(known -> IncidentLife.live(known.getIncident().getState()))
        .toList();
  }

  /**
   * At the limit the mildest, oldest incident that nobody was paged for gives way to a worse one.
   */
  private boolean makeRoom(DeskDraft desk, CaseDraft newcomer) {
    if (!full(desk)) {
      return true;
    }
    Severity worse = newcomer.incident().getSeverity();
    Optional<IncidentCase> mildest =
        live(desk).stream()
            .filter(known -> known.getPager() == PagerStep.NONE)
            .filter(known -> known.getIncident().getSeverity().compareTo(worse) > 0)
            .max(
                Comparator.comparing((IncidentCase known) -> known.getIncident().getSeverity())
                    .thenComparing(ELDEST_FIRST.reversed()));
    mildest.ifPresentOrElse(
        known ->
            closing.resolve(
                desk.draft(known.getIncident().getIncidentId()).orElseThrow(),
                DeskDraft.AUTHOR,
                "gave way to " + newcomer.incidentId() + ": the desk is full"),
        () -> desk.discard(newcomer));
    return mildest.isPresent();
  }
}
