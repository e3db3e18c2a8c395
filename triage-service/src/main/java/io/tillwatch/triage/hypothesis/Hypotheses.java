package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Candidate;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.rules.playbook.Playbook;
import io.tillwatch.rules.playbook.Playbook.WeighedSign;
import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.phrase.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Candidates written out as hypotheses.
 *
 * <p>A hypothesis cites what is there or is not written: one that no evidence speaks for is left
 * out. The first two are always shown when there are two, so that nobody takes the likeliest for
 * the only one; further ones only above {@link #CONFIDENCE_MIN}.
 */
final class Hypotheses {

  private static final int HYPOTHESES_MAX = 4;
  private static final int ALWAYS_SHOWN = 2;
  private static final double CONFIDENCE_MIN = 0.05;

  /** What is left of the confidence when the localiser is not sure of the root cells at all. */
  private static final double UNSURE_PLACE_FACTOR = 0.6;

  /** Section of each runbook that first steps are from. */
  private static final String FIRST_MOVES = "first-moves";

  private final RuleBook rules;
  private final Scene scene;
  private final List<Clue> clues;

  Hypotheses(RuleBook rules, Scene scene, List<Clue> clues) {
    this.rules = rules;
    this.scene = scene;
    this.clues = clues;
  }

  List<Hypothesis> write(Classification classification) {
    List<Hypothesis> written = new ArrayList<>();
    for (Candidate candidate : classification.ranked()) {
      List<String> evidenceFor = evidenceFor(candidate);
      boolean shown = written.size() < ALWAYS_SHOWN || candidate.confidence() >= CONFIDENCE_MIN;
      if (written.size() < HYPOTHESES_MAX && shown && !evidenceFor.isEmpty()) {
        written.add(hypothesis(written.size() + 1, candidate, evidenceFor));
      }
    }
    return written;
  }

  private Hypothesis hypothesis(int rank, Candidate candidate, List<String> evidenceFor) {
    Playbook playbook = candidate.playbook();
    String nextStep = filled(playbook.next());
    return Hypothesis.newBuilder()
        .setRank(rank)
        .setIncidentClass(IncidentClass.valueOf(playbook.cause().name()))
        .setOwner(Owner.valueOf(playbook.owner().name()))
        .setStatement(filled(playbook.statement()))
        .setEvidenceFor(evidenceFor)
        .setEvidenceAgainst(cited(candidate.against()))
        .setCheck(filled(playbook.check()))
        .setNextStep(nextStep)
        .setRunbookPassage(passage(playbook.cause()))
        .setNeedsApproval(Approval.isNeededFor(nextStep))
        .setConfidence(confidence(candidate))
        .setPlaybookConfidence(confidence(candidate))
        .build();
  }

  private String passage(Cause cause) {
    String psp = scene.rootCell().getOrDefault(Dimension.PSP.label(), "");
    Runbook runbook = rules.runbook(cause, psp);
    return runbook.sections().stream()
        .filter(section -> section.slug().equals(FIRST_MOVES))
        .findFirst()
        .map(section -> section.idIn(runbook.name()))
        .orElse("");
  }

  /**
   * What speaks for it, then what its statement quotes: where, since when and how far; unless that
   * speaks against it, where it is cited too. Nothing in particular speaks for the unknown: it
   * rests on the fact that something is wrong.
   */
  private List<String> evidenceFor(Candidate candidate) {
    List<String> cited = cited(candidate.held());
    return cited.isEmpty() && candidate.playbook().cause() != Cause.UNKNOWN
        ? cited
        : Stream.concat(cited.stream(), quoted(cited(candidate.against()))).distinct().toList();
  }

  private Stream<String> quoted(List<String> against) {
    return clues.stream()
        .filter(clue ->
            clue.evidence().getKind() == EvidenceKind.ROOT_CELL
                || clue.subjects().contains(Clues.IMPACT))
        .map(clue -> clue.evidence().getEvidenceId())
        .filter(id -> !against.contains(id));
  }

  private List<String> cited(List<WeighedSign> signs) {
    return signs.stream()
        .flatMap(sign -> clues.stream().filter(clue -> clue.supports(sign.sign())))
        .map(clue -> clue.evidence().getEvidenceId())
        .distinct()
        .toList();
  }

  private double confidence(Candidate candidate) {
    double place = Math.clamp(scene.lead().getConfidence(), 0.0, 1.0);
    double factor = UNSURE_PLACE_FACTOR + (1 - UNSURE_PLACE_FACTOR) * place;
    return Math.round(candidate.confidence() * factor * 100) / 100.0;
  }

  private String filled(String template) {
    Burst lead = scene.lead();
    String text =
        template
            .replace("{where}", Phrases.places(lead.getRootCells()))
            .replace(
                "{change}",
                Phrases.change(
                    lead.getKind(), lead.getKpi(), lead.getExpected(), lead.getObserved()))
            .replace("{since}", Phrases.time(lead.getOnsetAt()));
    for (Map.Entry<String, String> fixed : scene.rootCell().entrySet()) {
      text = text.replace("{" + fixed.getKey() + "}", fixed.getValue());
    }
    return text;
  }
}
