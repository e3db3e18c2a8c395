package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.rules.playbook.Observations;
import io.tillwatch.rules.playbook.Observations.Move;
import io.tillwatch.rules.playbook.Observations.ReasonMove;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a scene: class, evidence, hypotheses. Pure and thread-safe. */
public final class Analyst {

  private final RuleBook rules;
  private final int evidenceMax;

  /**
   * @param evidenceMax pieces of evidence kept per incident
   */
  public Analyst(RuleBook rules, int evidenceMax) {
    this.rules = rules;
    this.evidenceMax = evidenceMax;
  }

  /**
   * What the scene amounts to.
   *
   * @param before evidence of the incident so far
   * @param standing its class so far, which only a clearly better one replaces; null at first
   */
  public Analysis analyse(Scene scene, List<Evidence> before, @Nullable Cause standing) {
    Classification fresh = rules.classify(observations(scene));
    Classification classification = standing == null ? fresh : fresh.holdingOnTo(standing);
    List<Clue> found = new ArrayList<>(Clues.of(scene));
    found.addAll(Precedents.of(scene, classification));
    List<Clue> clues = new EvidenceIds(before).name(found);
    return new Analysis(
        classification,
        EvidenceIds.merge(before, clues, evidenceMax),
        new Hypotheses(rules, scene, clues).write(classification));
  }

  private static Observations observations(Scene scene) {
    Burst lead = scene.lead();
    return new Observations(
        Kind.valueOf(lead.getKind().name()),
        Kpi.valueOf(lead.getKpi().name()),
        scene.rootCell(),
        lead.getObserved(),
        lead.getExpected(),
        lead.getTechnicalShareBefore(),
        lead.getTechnicalShareSince(),
        lead.getReasonShifts().stream()
            .map(shift ->
                new ReasonMove(
                    Phrases.label(shift.getReason()),
                    shift.getShareBefore(),
                    shift.getShareSince()))
            .toList(),
        lead.getLatencyP95BeforeMillis(),
        lead.getLatencyP95SinceMillis(),
        lead.getTrafficRatio(),
        lead.getTicketRatio(),
        retries(lead),
        lead.getRateEffect(),
        lead.getMixEffect(),
        Duration.between(lead.getOnsetAt(), lead.getDetectedAt()),
        lead.getHealthySiblings().stream().map(SliceEvidence::getSlice).toList(),
        related(scene),
        scene.lately().changes().stream().map(change -> Phrases.label(change.getType())).toList(),
        scene.lately().notices().stream()
            .map(notice -> Phrases.label(notice.getIndicator()))
            .toList());
  }

  private static @Nullable Move retries(Burst lead) {
    Double before = lead.getRetryShareBefore();
    Double since = lead.getRetryShareSince();
    return before == null || since == null ? null : new Move(before, since);
  }

  private static Set<Kind> related(Scene scene) {
    Set<Kind> kinds =
        scene.others().stream()
            .map(other -> Kind.valueOf(other.getKind().name()))
            .collect(Collectors.toCollection(HashSet::new));
    kinds.remove(Kind.valueOf(scene.lead().getKind().name()));
    return kinds;
  }
}
