package io.tillwatch.triage.hypothesis;

import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import java.util.List;

/**
 * What a scene amounts to.
 *
 * @param classification what broke, most likely
 * @param evidence all observations of the incident by id, the former ones too
 * @param hypotheses competing causes, most likely first, citing ids of {@code evidence} only
 */
public record Analysis(
    Classification classification, List<Evidence> evidence, List<Hypothesis> hypotheses) {

  public Analysis {
    evidence = List.copyOf(evidence);
    hypotheses = List.copyOf(hypotheses);
  }
}
