package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.triage.hypothesis.Merge;
import io.tillwatch.triage.phrase.Phrases;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model said of an incident: kept with the case and laid over the playbooks' hypotheses.
 *
 * <p>It touches nothing but the hypotheses: class, owner, severity, state and routes are not read
 * from it, and nobody is told of it.
 */
final class AdviceDesk {

  Verdict take(DeskDraft desk, Advice advice) {
    IncidentCase known = desk.cases().get(advice.getIncidentId());
    if (known == null) {
      return Verdict.UNKNOWN_INCIDENT;
    }
    Incident incident = known.getIncident();
    if (!IncidentLife.live(incident.getState()) || advice.getEpisode() != incident.getEpisode()) {
      return Verdict.TOO_LATE;
    }
    if (isOlder(advice, known.getAdvice())) {
      return Verdict.DUPLICATE;
    }
    return isWordOfTheModel(advice)
        ? fold(desk.draft(advice.getIncidentId()).orElseThrow(), advice)
        : Verdict.NOTHING;
  }

  private static boolean isOlder(Advice advice, @Nullable Advice known) {
    return known != null
        && known.getEpisode() == advice.getEpisode()
        && known.getRevision() >= advice.getRevision();
  }

  /** To abstain takes back what was said before; not to answer takes back nothing. */
  private static boolean isWordOfTheModel(Advice advice) {
    return advice.getOutcome() == AdviceOutcome.ADVISED
        || advice.getOutcome() == AdviceOutcome.ABSTAINED;
  }

  private static Verdict fold(CaseDraft draft, Advice advice) {
    draft.kept().setAdvice(advice);
    List<Hypothesis> before = draft.incident().getHypotheses();
    List<Hypothesis> merged = merged(draft, Merge.ofPlaybooks(before));
    if (merged.equals(before)) {
      return Verdict.REMEMBERED;
    }
    draft.touch();
    draft.incident().setHypotheses(merged);
    draft.desk().log(draft, IncidentEvent.HYPOTHESES_WRITTEN, advice.getAuthor(), line(merged));
    return Verdict.UPDATED;
  }

  /** These hypotheses of the playbooks with what the model said of this episode. */
  static List<Hypothesis> merged(CaseDraft draft, List<Hypothesis> playbooks) {
    Advice advice = draft.kept().getAdvice();
    boolean ofNow = advice != null && advice.getEpisode() == draft.episode();
    return Merge.of(
        playbooks,
        ofNow ? advice : null,
        draft.incident().getEvidence(),
        draft.incident().getIncidentClass());
  }

  /** Hypotheses in one line of the log. */
  static String line(List<Hypothesis> hypotheses) {
    return hypotheses.stream()
        .map(each ->
            "%d. %s %.2f %s"
                .formatted(
                    each.getRank(),
                    Phrases.label(each.getIncidentClass()),
                    each.getConfidence(),
                    each.getEvidenceFor()))
        .collect(Collectors.joining("; "));
  }
}
