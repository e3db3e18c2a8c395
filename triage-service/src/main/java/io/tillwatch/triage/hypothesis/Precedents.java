package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Incidents of before that are like this one, and how they ended, as clues without ids yet. */
final class Precedents {

  /** Incidents that are told; more is a list nobody reads at night. */
  static final int PRECEDENTS_MAX = 3;

  private Precedents() {}

  /** The likest incidents, the likest first. */
  static List<Clue> of(Scene scene, Classification found) {
    return Likeness.likest(scene, found, PRECEDENTS_MAX).stream().map(Precedents::clue).toList();
  }

  private static Clue clue(Likeness like) {
    Incident then = like.past().incident();
    Duration took = Duration.between(then.getDetectedAt(), like.endedAt());
    return Clues.clue(
        EvidenceKind.SIMILAR_INCIDENT,
        "incident/" + then.getIncidentId(),
        like.endedAt(),
        "%s of %s, alike by %s: %s, %s; over after %d min%s"
            .formatted(
                then.getIncidentId(),
                then.getStartedAt().atZone(ZoneOffset.UTC).toLocalDate(),
                Phrases.percent(like.value()),
                Phrases.places(then.getRootCells()),
                cause(then),
                Math.max(0, took.toMinutes()),
                mitigation(then)),
        then.getRootCells().isEmpty() ? Map.of() : then.getRootCells().getFirst().getSlice(),
        Map.of("likeness", like.value(), "minutes", (double) Math.max(0, took.toMinutes())),
        Set.of(Phrases.label(then.getIncidentClass())));
  }

  private static String cause(Incident then) {
    String label = Phrases.label(then.getIncidentClass());
    if (then.getState() != IncidentState.REVIEWED) {
      return label + ", not confirmed";
    }
    return then.getConfirmedCause().isEmpty()
        ? label + ", confirmed"
        : label + ", confirmed: " + then.getConfirmedCause();
  }

  private static String mitigation(Incident then) {
    return then.getEvidence().stream()
        .filter(piece -> piece.getSource().startsWith(Past.MITIGATION))
        .reduce((earlier, later) -> later)
        .map(Evidence::getStatement)
        .map(statement -> "; " + statement)
        .orElse("");
  }
}
