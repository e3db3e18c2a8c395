package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.triage.hypothesis.Past;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What stopped the loss, kept with the incident for the next one that is like it. */
final class Remedy {

  private Remedy() {}

  /** Keeps it; one per episode, the latest. */
  static void keep(CaseDraft draft, String statement) {
    String source = Past.MITIGATION + draft.episode();
    List<Evidence> all = new ArrayList<>(draft.incident().getEvidence());
    int last = all.stream().mapToInt(Remedy::number).max().orElse(0);
    all.removeIf(piece -> piece.getSource().equals(source));
    if (all.size() >= DeskLimits.EVIDENCE_MAX) {
      all.sort(Comparator.comparingInt(Remedy::number));
      all.removeFirst();
    }
    all.add(
        Evidence.newBuilder()
            .setEvidenceId("E" + (last + 1))
            .setKind(EvidenceKind.OTHER)
            .setSource(source)
            .setAt(draft.now())
            .setStatement(DeskLimits.cut(statement, DeskLimits.LOG_TEXT_MAX))
            .setSlice(Map.of())
            .setValues(Map.of())
            .build());
    draft.incident().setEvidence(all);
  }

  private static int number(Evidence piece) {
    return Integer.parseInt(piece.getEvidenceId().substring(1));
  }
}
