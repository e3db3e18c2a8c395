package io.tillwatch.triage.advice;

import java.util.List;

/**
 * What a model said, in the shape that was agreed on and nothing believed yet.
 *
 * @param causes in its own order, at most {@link AnswerReader#CAUSES_MAX}
 * @param left how many more it named
 */
record Answer(List<Cause> causes, int left) {

  Answer {
    causes = List.copyOf(causes);
  }

  /**
   * One cause it named; texts are as it wrote them.
   *
   * @param incidentClass empty when it named none
   * @param owner empty when it named none
   * @param confidence 0 to 1
   */
  record Cause(
      String statement,
      String incidentClass,
      String owner,
      List<String> evidenceFor,
      List<String> evidenceAgainst,
      String check,
      String nextStep,
      String passage,
      double confidence) {

    Cause {
      evidenceFor = List.copyOf(evidenceFor);
      evidenceAgainst = List.copyOf(evidenceAgainst);
    }
  }
}
