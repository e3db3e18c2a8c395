package io.tillwatch.triage.hypothesis;

import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model's advice laid over the hypotheses of the playbooks. Pure and thread-safe.
 *
 * <p>By class, since an incident has one place: what both have moves from the playbooks' confidence
 * {@link #PULL} of the way to the model's, by {@link #SHIFT_MAX} at most, and keeps the words of
 * the playbooks; what the model alone has is added, at most {@link #ADDED_MAX} and never above
 * {@link #ALONE_MAX}. Nothing of the playbooks is taken away. A known class of the incident stays
 * first; the others are ranked by confidence, the playbooks' before the model's where it is the
 * same. A cause without a class is always one of its own.
 */
public final class Merge {

  /** How far a model moves a confidence. */
  static final double PULL = 0.5;

  /** How far at most, either way. */
  static final double SHIFT_MAX = 0.2;

  /** Hypotheses a model adds. */
  static final int ADDED_MAX = 3;

  /** Confidence of what no playbook has. */
  static final double ALONE_MAX = 0.6;

  /** Author of what playbooks wrote. */
  public static final String PLAYBOOK = "playbook";

  private static final Comparator<Hypothesis> LIKELIEST_FIRST =
      Comparator.comparingDouble(Hypothesis::getConfidence).reversed();

  private Merge() {}

  /** The hypotheses of an incident with this advice instead of any it had. */
  public static List<Hypothesis> of(Incident incident, @Nullable Advice advice) {
    return of(
        ofPlaybooks(incident.getHypotheses()),
        advice,
        incident.getEvidence(),
        incident.getIncidentClass());
  }

  /**
   * Hypotheses of both.
   *
   * @param playbooks what the playbooks wrote
   * @param advice what a model said of the same episode; null for nothing
   * @param evidence what there is to cite: advice that rests on what has gone is left out
   * @param shown class of the incident
   */
  public static List<Hypothesis> of(
      List<Hypothesis> playbooks,
      @Nullable Advice advice,
      List<Evidence> evidence,
      IncidentClass shown) {
    if (advice == null
        || advice.getOutcome() != AdviceOutcome.ADVISED
        || advice.getAuthor().equals(PLAYBOOK)) {
      return playbooks;
    }
    List<Hypothesis> said = citing(advice.getHypotheses(), evidence);
    List<Hypothesis> merged = new ArrayList<>();
    for (Hypothesis own : playbooks) {
      merged.add(
          sameCause(said, own).map(other -> moved(own, other, advice.getAuthor())).orElse(own));
    }
    said.stream()
        .filter(other -> sameCause(playbooks, other).isEmpty())
        .limit(ADDED_MAX)
        .forEach(other -> merged.add(added(other, advice.getAuthor())));
    return ranked(merged, shown);
  }

  /** What the playbooks alone say. */
  public static List<Hypothesis> ofPlaybooks(List<Hypothesis> merged) {
    List<Hypothesis> own = new ArrayList<>();
    for (Hypothesis each : merged) {
      if (each.getAuthor().equals(PLAYBOOK)) {
        Double alone = each.getPlaybookConfidence();
        own.add(
            Hypothesis.newBuilder(each)
                .setRank(own.size() + 1)
                .setConfidence(alone == null ? each.getConfidence() : alone)
                .setAdviser("")
                .setRemark("")
                .build());
      }
    }
    return List.copyOf(own);
  }

  private static List<Hypothesis> citing(List<Hypothesis> said, List<Evidence> evidence) {
    Set<String> there = evidence.stream().map(Evidence::getEvidenceId).collect(Collectors.toSet());
    return said.stream()
        .filter(each -> !each.getEvidenceFor().isEmpty() && there.containsAll(cited(each)))
        .sorted(LIKELIEST_FIRST)
        .toList();
  }

  private static Set<String> cited(Hypothesis hypothesis) {
    Set<String> cited = new HashSet<>(hypothesis.getEvidenceFor());
    cited.addAll(hypothesis.getEvidenceAgainst());
    return cited;
  }

  private static Optional<Hypothesis> sameCause(List<Hypothesis> among, Hypothesis as) {
    return as.getIncidentClass() == IncidentClass.UNKNOWN
        ? Optional.empty()
        : among.stream()
            .filter(each -> each.getIncidentClass() == as.getIncidentClass())
            .findFirst();
  }

  private static Hypothesis moved(Hypothesis own, Hypothesis said, String model) {
    double shift =
        Math.clamp(PULL * (said.getConfidence() - own.getConfidence()), -SHIFT_MAX, SHIFT_MAX);
    return Hypothesis.newBuilder(own)
        .setPlaybookConfidence(own.getConfidence())
        .setConfidence(rounded(Math.clamp(own.getConfidence() + shift, 0.0, 1.0)))
        .setAdviser(model)
        .setRemark("%s (%s)".formatted(said.getStatement(), String.join(", ", cites(said))))
        .build();
  }

  private static List<String> cites(Hypothesis said) {
    List<String> ids = new ArrayList<>(said.getEvidenceFor());
    said.getEvidenceAgainst().forEach(id -> ids.add("not " + id));
    return ids;
  }

  private static Hypothesis added(Hypothesis said, String model) {
    return Hypothesis.newBuilder(said)
        .setAuthor(model)
        .setConfidence(rounded(Math.clamp(said.getConfidence(), 0.0, ALONE_MAX)))
        .setPlaybookConfidence(null)
        .setAdviser("")
        .setRemark("")
        .setNeedsApproval(Approval.isNeededFor(said.getNextStep()))
        .build();
  }

  private static List<Hypothesis> ranked(List<Hypothesis> merged, IncidentClass shown) {
    List<Hypothesis> order = new ArrayList<>(merged);
    order.sort(
        Comparator.comparing((Hypothesis each) -> !stays(each, shown))
            .thenComparing(LIKELIEST_FIRST));
    List<Hypothesis> ranked = new ArrayList<>();
    for (Hypothesis each : order) {
      ranked.add(Hypothesis.newBuilder(each).setRank(ranked.size() + 1).build());
    }
    return List.copyOf(ranked);
  }

  private static boolean stays(Hypothesis each, IncidentClass shown) {
    return shown != IncidentClass.UNKNOWN
        && each.getIncidentClass() == shown
        && each.getAuthor().equals(PLAYBOOK);
  }

  private static double rounded(double confidence) {
    return Math.round(confidence * 100) / 100.0;
  }
}
