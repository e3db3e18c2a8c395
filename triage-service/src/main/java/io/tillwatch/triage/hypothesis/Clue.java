package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.playbook.Sign;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import java.util.Collections;
import java.util.Set;

/**
 * A piece of evidence and what it is about, in the words of playbooks.
 *
 * @param evidence what hypotheses cite
 * @param subjects reason, kind, type or dimensions it is about; empty when it is about no one thing
 */
record Clue(Evidence evidence, Set<String> subjects) {

  /** Whether a sign rests on this. */
  boolean supports(Sign sign) {
    return evidence.getKind() == EvidenceKind.valueOf(sign.ground().name())
        && (sign.subjects().isEmpty() || !Collections.disjoint(sign.subjects(), subjects));
  }
}
