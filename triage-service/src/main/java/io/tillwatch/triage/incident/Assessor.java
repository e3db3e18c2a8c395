package io.tillwatch.triage.incident;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.paging.Judgement;
import io.tillwatch.rules.playbook.Candidate;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.rules.playbook.Playbook;
import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.hypothesis.Analysis;
import io.tillwatch.triage.hypothesis.Analyst;
import io.tillwatch.triage.hypothesis.Lately;
import io.tillwatch.triage.hypothesis.Merge;
import io.tillwatch.triage.hypothesis.Past;
import io.tillwatch.triage.hypothesis.Scene;
import io.tillwatch.triage.link.Links;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings an incident up to date with its bursts: figures, class, severity, evidence, links. */
final class Assessor {

  /** Shown before the onset and after the end, so that the step can be seen. */
  private static final Duration MARGIN = Duration.ofMinutes(30);

  private static final Set<IncidentState> OVER =
      EnumSet.of(IncidentState.RESOLVED, IncidentState.REVIEWED);

  private final RuleBook rules;
  private final Analyst analyst;
  private final Links links;

  Assessor(RuleBook rules, Links links) {
    this.rules = rules;
    this.analyst = new Analyst(rules, DeskLimits.EVIDENCE_MAX);
    this.links = links;
  }

  /**
   * Assesses an incident again.
   *
   * <p>Severity only rises within an episode, and the class is held while nothing burns: a recovery
   * blurs the figures, and what it was does not change by ending.
   *
   * @return how far it is to be carried; null when nothing burns any more
   */
  @Nullable Judgement assess(CaseDraft draft) {
    draft.touch();
    Burst lead = Bursts.lead(draft.bursts());
    figures(draft, lead);
    Judgement judgement = null;
    if (draft.burning() || draft.incident().getEvidence().isEmpty()) {
      judgement = judge(draft, read(draft, lead));
    }
    titleAndLinks(draft);
    return draft.burning() ? judgement : null;
  }

  /** Whether a burst is worse now than an incident that is over was. */
  boolean worse(Incident over, Burst burst) {
    Playbook known = rules.playbooks().of(Cause.valueOf(over.getIncidentClass().name()));
    Classification standing =
        new Classification(List.of(new Candidate(known, List.of(), List.of(), 0, 1)));
    Level level = rules.judge(Bursts.impact(burst), standing).severity();
    return Severity.valueOf(level.name()).compareTo(over.getSeverity()) < 0;
  }

  private void figures(CaseDraft draft, Burst lead) {
    Incident.Builder incident = draft.incident();
    Bursts.Losses losses = Bursts.losses(draft.bursts());
    if (!slices(incident.getRootCells()).equals(slices(lead.getRootCells())) && !isNew(draft)) {
      draft.news(
          IncidentEvent.ROOT_CELLS_CHANGED,
          "root cells: %s → %s"
              .formatted(
                  Phrases.places(incident.getRootCells()), Phrases.places(lead.getRootCells())));
    }
    incident
        .setRule(rules.ruleName(Bursts.impact(lead)))
        .setKind(lead.getKind())
        .setKpi(lead.getKpi())
        .setRootCells(lead.getRootCells())
        .setStartedAt(Bursts.startedAt(draft.bursts()))
        .setObserved(lead.getObserved())
        .setExpected(lead.getExpected())
        .setApprovalsLost(losses.approvalsLost())
        .setAmountAtRisk(losses.amountAtRisk());
  }

  private static boolean isNew(CaseDraft draft) {
    return draft.incident().getRootCells().isEmpty();
  }

  private static Set<Object> slices(List<SliceEvidence> cells) {
    return cells.stream().map(SliceEvidence::getSlice).collect(Collectors.toSet());
  }

  private Classification read(CaseDraft draft, Burst lead) {
    Incident.Builder incident = draft.incident();
    Docket docket = draft.desk().docket();
    List<Burst> others = draft.bursts().stream().filter(burst -> burst != lead).toList();
    Lately known = new Lately(docket.getChanges(), docket.getNotices(), docket.getAlerts());
    Scene scene =
        Scene.of(lead, others, known, rules.correlation()).beside(past(draft.desk().cases()));
    noticed(incident, scene);
    boolean first = incident.getEvidence().isEmpty();
    Analysis analysis =
        analyst.analyse(
            scene,
            incident.getEvidence(),
            first ? null : Cause.valueOf(incident.getIncidentClass().name()));
    classify(draft, analysis.classification(), first);
    recurrence(draft, lead);
    evidence(draft, analysis.evidence(), first);
    hypotheses(draft, analysis.hypotheses());
    return analysis.classification();
  }

  /** The first word of the PSP itself stays the first, whatever it says later. */
  private static void noticed(Incident.Builder incident, Scene scene) {
    if (incident.getNoticedAt() == null) {
      scene.lately().notices().stream()
          .map(StatusEvent::getEventTime)
          .min(Comparator.naturalOrder())
          .ifPresent(incident::setNoticedAt);
    }
  }

  private static void classify(CaseDraft draft, Classification classification, boolean first) {
    Incident.Builder incident = draft.incident();
    IncidentClass before = incident.getIncidentClass();
    IncidentClass found = IncidentClass.valueOf(classification.cause().name());
    incident.setIncidentClass(found).setOwner(Owner.valueOf(classification.owner().name()));
    if (!first && before != found) {
      draft.news(
          IncidentEvent.CLASS_CHANGED,
          "class: %s → %s".formatted(Phrases.label(before), Phrases.label(found)));
    }
  }

  private static List<Past> past(Map<String, IncidentCase> cases) {
    return cases.values().stream()
        .filter(known -> OVER.contains(known.getIncident().getState()))
        .map(known -> new Past(known.getIncident(), known.getBursts()))
        .toList();
  }

  private void recurrence(CaseDraft draft, Burst lead) {
    Optional<Recurrence> found =
        Recurrence.of(
            draft, lead, draft.desk().cases().values(), rules.correlation().recursWithin());
    String before = draft.incident().getRecurrenceOf();
    draft
        .incident()
        .setRecurrenceOf(found.map(again -> again.latest().getIncidentId()).orElse(null))
        .setRecurrences(found.map(Recurrence::times).orElse(0));
    found
        .filter(again -> !again.latest().getIncidentId().equals(before))
        .ifPresent(again -> draft.log(IncidentEvent.EVIDENCE_ADDED, again.text()));
  }

  private static void evidence(CaseDraft draft, List<Evidence> evidence, boolean first) {
    Set<String> known =
        draft.incident().getEvidence().stream()
            .map(Evidence::getEvidenceId)
            .collect(Collectors.toCollection(HashSet::new));
    draft.incident().setEvidence(evidence);
    if (first) {
      return;
    }
    evidence.stream()
        .filter(piece -> !known.contains(piece.getEvidenceId()))
        .forEach(piece -> added(draft, piece));
  }

  /** Whoever alerts by another system has told people already: such an alert is only logged. */
  private static void added(CaseDraft draft, Evidence piece) {
    String text = piece.getEvidenceId() + ": " + piece.getStatement();
    switch (piece.getKind()) {
      case CHANGE, STATUS_PAGE -> draft.news(IncidentEvent.EVIDENCE_ADDED, text);
      case EXTERNAL_ALERT, SIMILAR_INCIDENT -> draft.log(IncidentEvent.EVIDENCE_ADDED, text);
      default -> {
        // figures of the bursts, which are told with their revisions
      }
    }
  }

  /** The playbooks write first; what a model said of this episode stays laid over them. */
  private static void hypotheses(CaseDraft draft, List<Hypothesis> written) {
    List<Hypothesis> before = Merge.ofPlaybooks(draft.incident().getHypotheses());
    draft.incident().setHypotheses(AdviceDesk.merged(draft, written));
    if (!classes(before).equals(classes(written))) {
      draft.log(IncidentEvent.HYPOTHESES_WRITTEN, AdviceDesk.line(written));
    }
  }

  private static List<IncidentClass> classes(List<Hypothesis> hypotheses) {
    return hypotheses.stream().map(Hypothesis::getIncidentClass).toList();
  }

  private Judgement judge(CaseDraft draft, Classification classification) {
    List<Judgement> judgements =
        draft.bursts().stream()
            .filter(burst -> Bursts.active(burst) || !draft.burning())
            .map(burst -> rules.judge(Bursts.impact(burst), classification))
            .toList();
    Judgement furthest =
        judgements.stream().max(Comparator.comparing(Judgement::attention)).orElseThrow();
    Level worst = judgements.stream().map(Judgement::severity).reduce(Level.SEV4, Level::worse);
    Severity before = draft.incident().getSeverity();
    Severity severity = Severity.valueOf(worst.name());
    if (before == Severity.UNKNOWN) {
      draft.incident().setSeverity(severity);
    } else if (severity.compareTo(before) < 0) {
      draft.incident().setSeverity(severity);
      draft.news(
          IncidentEvent.SEVERITY_CHANGED,
          "severity: %s → %s".formatted(Phrases.label(before), Phrases.label(severity)));
      Damping.worse(draft);
    }
    return new Judgement(worst, furthest.attention(), furthest.reason());
  }

  /** Title and links follow from everything else. */
  void titleAndLinks(CaseDraft draft) {
    Incident.Builder incident = draft.incident();
    incident.setTitle(
        DeskLimits.cut(
            "%s: %s, %s%s"
                .formatted(
                    Phrases.places(incident.getRootCells()),
                    Phrases.change(
                        incident.getKind(),
                        incident.getKpi(),
                        incident.getExpected(),
                        incident.getObserved()),
                    Phrases.label(incident.getIncidentClass()),
                    incident.getRecurrenceOf() == null ? "" : ", again"),
            DeskLimits.TITLE_MAX));
    Map<String, String> where =
        incident.getRootCells().isEmpty()
            ? Map.of()
            : incident.getRootCells().getFirst().getSlice();
    Runbook runbook =
        rules.runbook(
            Cause.valueOf(incident.getIncidentClass().name()),
            where.getOrDefault(Dimension.PSP.label(), ""));
    Map<String, String> all = new LinkedHashMap<>(runbook.links());
    all.putAll(
        links.of(
            draft.incidentId(),
            Phrases.label(incident.getKind()),
            where,
            window(incident, draft.now()),
            runbook.name()));
    incident.setLinks(all);
  }

  private static Links.Window window(Incident.Builder incident, Instant now) {
    Instant end =
        Objects.requireNonNullElse(
            incident.getResolvedAt(), Objects.requireNonNullElse(incident.getRecoveringAt(), now));
    return new Links.Window(incident.getStartedAt().minus(MARGIN), end.plus(MARGIN));
  }
}
