package io.tillwatch.triage.advice;

import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How sure anybody can be who has nothing but this evidence: a bound, not a guess.
 *
 * <p>Each kind of evidence leaves part of the doubt, whatever the others say; doubts multiply. A
 * second piece of the same kind adds nothing, and each piece against takes {@link #AGAINST} of what
 * is left.
 */
final class Strength {

  /** Nothing is surer than this. */
  static final double MOST = 0.9;

  private static final double AGAINST = 0.15;

  private Strength() {}

  /** The highest confidence that this evidence bears, 0 to {@link #MOST}. */
  static double of(List<Evidence> evidenceFor, List<Evidence> evidenceAgainst) {
    Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
    evidenceFor.forEach(piece -> kinds.add(piece.getKind()));
    double doubt = 1;
    for (EvidenceKind kind : kinds) {
      doubt *= 1 - weight(kind);
    }
    return Math.min(MOST, (1 - doubt) * Math.pow(1 - AGAINST, evidenceAgainst.size()));
  }

  /** What points at a cause weighs more than what only says that something is wrong. */
  private static double weight(EvidenceKind kind) {
    return switch (kind) {
      case CHANGE, STATUS_PAGE, RETRIES, SETTLEMENT -> 0.35;
      case REASON_SHIFT -> 0.3;
      case LATENCY, HEALTHY_SIBLING -> 0.25;
      case TECHNICAL_SHARE, RELATED_BURST -> 0.2;
      case ROOT_CELL, VOLUME, SIMILAR_INCIDENT, EXTERNAL_ALERT -> 0.15;
      case OTHER -> 0.05;
    };
  }
}
