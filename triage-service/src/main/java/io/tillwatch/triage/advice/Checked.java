package io.tillwatch.triage.advice;

import io.tillwatch.schemas.incident.Hypothesis;
import java.util.List;
import java.util.Map;

/**
 * What holds of an answer.
 *
 * @param hypotheses most likely first
 * @param objections how often something was thrown away, by reason
 */
record Checked(List<Hypothesis> hypotheses, Map<Objection, Integer> objections) {

  Checked {
    hypotheses = List.copyOf(hypotheses);
    objections = Map.copyOf(objections);
  }
}
