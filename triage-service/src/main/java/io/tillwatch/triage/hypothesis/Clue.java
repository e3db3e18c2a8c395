package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.playbook.Ground;
import io.tillwatch.rules.playbook.Sign;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A piece of evidence and what it is about, in the words of playbooks.
 *
 * @param evidence what hypotheses cite
 * @param subjects reason, kind, type or dimensions it is about; empty when it is about no one thing
 */
record Clue(Evidence evidence, Set<String> subjects) {

  private static final Map<String, Ground> BY_NAME =
      Arrays.stream(Ground.values()).collect(Collectors.toMap(Ground::name, ground -> ground));

  /** Settlements that are missing are a burst of their own; alerts and the past ground nothing. */
  private @Nullable Ground ground() {
    return evidence.getKind() == EvidenceKind.SETTLEMENT
        ? Ground.RELATED_BURST
        : BY_NAME.get(evidence.getKind().name());
  }

  /** Whether a sign rests on this. */
  boolean supports(Sign sign) {
    return ground() == sign.ground()
        && (sign.subjects().isEmpty() || !Collections.disjoint(sign.subjects(), subjects));
  }
}
